"""Phone numbers as people write them, made into E.164 with region, time zone and kind, or a reason why not.

A number without its country code is completed from the country that the caller names. What decides is phonenumbers;
here stands only what the field's files need before it is asked.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

from ringyard.kit.phone_answers import KINDS as KINDS
from ringyard.kit.phone_answers import Phone as Phone
from ringyard.kit.phone_answers import Unreadable as Unreadable
from ringyard.kit.phone_answers import answer
from ringyard.kit.phone_memo import LONGEST, SHORTEST, memo
from ringyard.kit.text import N_, _

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

LONGEST_CELL = 200
_LABEL = re.compile(r"^(tel|phone|mob|mobile|kom|cell|handy|тел|моб)\b[.: ]*(?=[\d+(])", re.IGNORECASE)
_EXTENSION = re.compile(r"[ ,;]*(ext|x|wew|вн|доб|nst|durchwahl)[.: ]*\d{1,6}$", re.IGNORECASE)
_ROUNDED = re.compile(r"^\+?(\d)[.,](\d+)e\+?(\d{1,2})$", re.IGNORECASE)
_WHOLE = re.compile(r"^(\+?\d{6,})[.,]0+$")
_APART = re.compile(r"[;,/|\n]+|\s+(?=\+)|\s+(?:or|lub|oder|або|или)\s+", re.IGNORECASE)
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x2060, 0xFEFF, 0xAD]) | {0xA0: " "}
_ENOUGH_DIGITS, _SURELY_ONE = 7, 13


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
    if _digits(text) > _SURELY_ONE:
        for cut in (_APART.split(text), text.split()):
            parts = [part.strip() for part in cut if part and part.strip()]
            if len(parts) > 1 and all(_digits(part) >= _ENOUGH_DIGITS for part in parts):
                return parts
    return [text] if text else []


def numbers(cell: str, country: str) -> list[Phone | Unreadable]:
    """Every number of a cell, in the order of `split`; `country` (`PL`) completes local ones."""
    plain = _plain(cell)
    if plain and (len(plain) <= _SURELY_ONE or len(plain) == len(cell)):
        return [memo(country).read(plain)]
    several = _several_plain(cell)
    if several:
        return [memo(country).read(one) for one in several]
    return [read(one, country) for one in split(cell)]


def read(cell: str, country: str) -> Phone | Unreadable:
    """One number of a cell; `country` (`PL`) completes a local one."""
    plain = _plain(cell)
    if plain:
        return memo(country).read(plain)
    if len(cell) > LONGEST_CELL:
        return Unreadable("too_long")
    text = cleaned(cell)
    plain = _plain(text)
    return memo(country).read(plain) if plain else _read(text, country)


def asked(cell: str, country: str) -> list[Phone | Unreadable]:
    """The same as `numbers`, with phonenumbers asked about each: what the kept answers are held against."""
    parts = split(cell)
    return [Unreadable("too_long") if len(one) > LONGEST_CELL else _asked(cleaned(one), country) for one in parts]


@lru_cache(maxsize=10_000)
def _read(text: str, country: str) -> Phone | Unreadable:
    return _asked(text, country)


def _asked(text: str, country: str) -> Phone | Unreadable:
    reason = _unfit(text)
    return Unreadable(reason) if reason else answer(text, country)


def _unfit(text: str) -> str | None:
    if not text:
        return "empty"
    if _ROUNDED.match(text):
        return "scientific"
    if any(character.isalpha() for character in text):
        return "letters"
    return None if _digits(text) else "not_a_number"


def _several_plain(cell: str) -> list[str]:
    """The parts of a cell that `split` would surely find, where all of them are plain; empty for any doubt."""
    mark = "/" if "/" in cell else "," if "," in cell else ";"
    if mark not in cell:
        return []
    parts = [_plain(part) for part in cell.split(mark)]
    return parts if min(map(len, parts)) > _ENOUGH_DIGITS else []


def _plain(text: str) -> str:
    """Its digits, perhaps with a plus before them, where they are all it has beside punctuation; empty where not."""
    digits = text.replace(" ", "")
    if not digits.removeprefix("+").isdecimal():
        digits = digits.replace("-", "").replace("(", "").replace(")", "").replace("\u00a0", "")
        digits = digits.replace(".", "").replace("/", "")
        # such a point may be that of a spreadsheet's number, which `cleaned` sees to
        if not digits.removeprefix("+").isdecimal() or ("." in text and text.rstrip().endswith("0")):
            return ""
    usual = SHORTEST <= len(digits) <= LONGEST and len(text) <= LONGEST_CELL and digits.isascii()
    return digits if usual else ""


@lru_cache(maxsize=10_000)
def spaced(e164: str) -> str:
    """The number as its country groups the digits, for people to read: +48 601 000 001."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _unrounded(text: str) -> str:
    """`4,8501234567E+10` still has all its digits; `4,85E+10` has not."""
    rounded = _ROUNDED.match(text)
    if rounded and len(rounded[2]) == int(rounded[3]):
        return rounded[1] + rounded[2]
    return text


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
