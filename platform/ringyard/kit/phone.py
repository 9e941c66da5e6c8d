"""Phone numbers as people write them, made into E.164 with region, time zone and kind, or a reason why not.

A number without its country code is completed from the country that the caller names. What decides is phonenumbers;
here stands only what the field's files need before it is asked.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from ringyard.kit.text import N_, _
from ringyard.kit.zones import zone_of


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that can be dialed. `number` is E.164, `region` a country (`PL`), `timezone` an IANA name or empty."""

    number: str
    region: str
    timezone: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell is no number: one of the codes of `REASONS`."""

    reason: str


REASONS = {
    "empty": N_("There is no phone number."),
    "letters": N_("The number has letters in it."),
    "scientific": N_("A spreadsheet has rounded this number, and its last digits are lost."),
    "too_short": N_("The number is too short."),
    "too_long": N_("The number is too long."),
    "unknown_country_code": N_("No country has this country code."),
    "invalid_for_country": N_("No such number can exist in its country."),
    "not_a_number": N_("This is not a phone number."),
}

KINDS = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
}
LONGEST_CELL = 200
# A local number never has so many digits; from here on a missing + may be what is wrong.
_INTERNATIONAL_DIGITS = 11
_LABEL = re.compile(r"^(tel|phone|mob|mobile|kom|cell|handy|тел|моб)\b[.: ]*(?=[\d+(])", re.IGNORECASE)
_EXTENSION = re.compile(r"[ ,;]*(ext|x|wew|вн|доб|nst|durchwahl)[.: ]*\d{1,6}$", re.IGNORECASE)
_ROUNDED = re.compile(r"^\+?(\d)[.,](\d+)e\+?(\d{1,2})$", re.IGNORECASE)
_WHOLE = re.compile(r"^(\+?\d{6,})[.,]0+$")
_APART = re.compile(r"[;,/|\n]+|\s+(?=\+)|\s+(?:or|lub|oder|або|или)\s+", re.IGNORECASE)
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x2060, 0xFEFF, 0xAD]) | {0xA0: " "}
_ENOUGH_DIGITS = 7


def countries() -> set[str]:
    """The countries whose local numbers can be completed, as two letters."""
    return set(phonenumbers.SUPPORTED_REGIONS)


def sentence(reason: str) -> str:
    return _(REASONS[reason])


def cleaned(cell: str) -> str:
    """The cell without what people, spreadsheets and web pages put round a number."""
    text = cell.translate(_INVISIBLE).strip().lstrip("'=\"").rstrip("\"'")
    text = _EXTENSION.sub("", _LABEL.sub("", text.strip()))
    whole = _WHOLE.match(text)
    return whole[1] if whole else _unrounded(text)


def split(cell: str) -> list[str]:
    """The numbers of one cell: apart only where every part is long enough to be a number by itself."""
    text = cell.translate(_INVISIBLE).strip()
    for cut in (_APART.split(text), text.split()):
        parts = [part.strip() for part in cut if part and part.strip()]
        if len(parts) > 1 and all(_digits(part) >= _ENOUGH_DIGITS for part in parts) and _digits(text) > 13:
            return parts
    return [text] if text else []


def read(cell: str, country: str) -> Phone | Unreadable:
    """One number of a cell; `country` (`PL`) completes a local one."""
    if len(cell) > LONGEST_CELL:
        return Unreadable("too_long")
    return _read(cleaned(cell), country)


def numbers(cell: str, country: str) -> list[Phone | Unreadable]:
    """Every number of a cell, in the order of `split`."""
    return [read(one, country) for one in split(cell)]


@lru_cache(maxsize=50_000)
def _read(text: str, country: str) -> Phone | Unreadable:
    reason = _unfit(text)
    if reason:
        return Unreadable(reason)
    found = _parsed(text, country)
    if isinstance(found, Unreadable) and _digits(text) >= _INTERNATIONAL_DIGITS and not text.startswith(("+", "0")):
        abroad = _parsed("+" + text, country)
        return abroad if isinstance(abroad, Phone) else found
    return found


def _unfit(text: str) -> str | None:
    if not text:
        return "empty"
    if _ROUNDED.match(text):
        return "scientific"
    if any(character.isalpha() for character in text):
        return "letters"
    return None if _digits(text) else "not_a_number"


def _parsed(text: str, country: str) -> Phone | Unreadable:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException as error:
        return Unreadable(_PARSE_REASONS.get(error.error_type, "not_a_number"))
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:  # exactly the numbers that are not valid, and the answer serves twice
        return Unreadable(
            _LENGTH_REASONS.get(phonenumbers.is_possible_number_with_reason(number), "invalid_for_country")
        )
    region = phonenumbers.region_code_for_number(number) or ""
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, region, zone_of(number, region), KINDS.get(kind, "other"))


@lru_cache(maxsize=10_000)
def spaced(e164: str) -> str:
    """The number as its country groups the digits, for people to read: +48 601 000 001."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


_PARSE_REASONS = {
    NumberParseException.INVALID_COUNTRY_CODE: "unknown_country_code",
    NumberParseException.TOO_SHORT_NSN: "too_short",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too_short",
    NumberParseException.TOO_LONG: "too_long",
}
_LENGTH_REASONS = {
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.INVALID_COUNTRY_CODE: "unknown_country_code",
}


def _unrounded(text: str) -> str:
    """`4,8501234567E+10` still has all its digits; `4,85E+10` has not."""
    rounded = _ROUNDED.match(text)
    if rounded and len(rounded[2]) == int(rounded[3]):
        return rounded[1] + rounded[2]
    return text


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)
