"""What the kinds of outcomes, the columns of imports and their other settings are called on pages."""

from babel import Locale

from ringyard.kit.phone import countries
from ringyard.kit.text import N_, _, language
from tenants.imports.plan import DELIMITERS, ENCODINGS

OUTCOME_KINDS = {
    "success": N_("Success: closes the contact"),
    "final": N_("Final: closes the contact"),
    "callback": N_("Call later"),
    "bad_number": N_("Bad number: moves the contact to junk"),
    "do_not_call": N_("Do not call again"),
    "other": N_("Other: changes nothing"),
}
PHONE_KINDS = {
    "mobile": N_("Mobile"),
    "fixed": N_("Fixed line"),
    "fixed_or_mobile": N_("Fixed line or mobile"),
    "work": N_("Work"),
    "home": N_("Home"),
    "voip": N_("Internet telephony"),
    "toll_free": N_("Toll free"),
    "premium": N_("Premium rate"),
    "shared_cost": N_("Shared cost"),
    "other": N_("Other"),
}
CUSTOM_KINDS = {
    "text": N_("Text"),
    "number": N_("Number"),
    "date": N_("Date"),
    "choice": N_("Choice"),
}
ROLES = {
    "phone": N_("Phone"),
    "name": N_("Name"),
    "email": N_("E-mail"),
    "comment": N_("Comment"),
    "category": N_("Category"),
    "region": N_("Region"),
    "responsible": N_("Responsible"),
    "external_id": N_("Your own ID"),
    "skip": N_("Leave out"),
}
LISTING_SOURCES = {
    "manual": N_("By hand"),
    "import": N_("File"),
    "api": N_("API"),
    "outcome": N_("Outcome of a call"),
    "bulk": N_("Bulk change"),
    "erasure": N_("Erasure"),
}
IMPORT_STATES = {
    "preview": (N_("Preview"), "yellow"),
    "running": (N_("Running"), "blue"),
    "done": (N_("Done"), "green"),
    "failed": (N_("Failed"), "red"),
    "cancelled": (N_("Cancelled"), "secondary"),
}
_DELIMITER_NAMES = {"comma": N_("Comma ,"), "semicolon": N_("Semicolon ;"), "tab": N_("Tab"), "pipe": N_("Bar |")}
_ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "windows-1250": N_("Windows-1250 (Central European)"),
    "iso-8859-2": N_("ISO-8859-2 (Central European)"),
    "windows-1251": N_("Windows-1251 (Cyrillic)"),
    "koi8-u": N_("KOI8-U (Ukrainian)"),
    "koi8-r": N_("KOI8-R (Russian)"),
    "cp852": N_("CP852 (DOS, Central European)"),
    "cp866": N_("CP866 (DOS, Cyrillic)"),
    "cp1125": N_("CP1125 (DOS, Ukrainian)"),
    "windows-1252": N_("Windows-1252 (Western)"),
    "iso-8859-1": N_("ISO-8859-1 (Western)"),
    "iso-8859-15": N_("ISO-8859-15 (Western)"),
    "cp850": N_("CP850 (DOS, Western)"),
    "maccyrillic": N_("Macintosh (Cyrillic)"),
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}


def encodings() -> list[tuple[str, str]]:
    return [(name, _(_ENCODING_NAMES[name])) for name in ENCODINGS]


def delimiters() -> list[tuple[str, str]]:
    return [(name, _(_DELIMITER_NAMES[name])) for name in DELIMITERS.values()]


def country_names() -> list[tuple[str, str]]:
    """By name in the reader's language."""
    names = Locale.parse(language()).territories
    return sorted(((code, names.get(code, code)) for code in countries()), key=lambda pair: pair[1])
