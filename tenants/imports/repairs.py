"""What a wrong number was probably meant to be: a repair that people accept for all of its kind. Pure.

Proposed only where the result is a number that exists, and where no other reading of the same kind is one too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers

from ringyard.kit.phone import Phone, read
from ringyard.kit.text import N_, _

KINDS = {
    "letters_for_digits": N_("Letters stand where digits were meant: O for 0, l for 1"),
    "text_removed": N_("Words beside the number are left out"),
    "fraction_removed": N_("What a spreadsheet has put behind the number is left out"),
    "plus_added": N_("A plus before the country code was missing"),
    "prefix_corrected": N_("The international prefix was written in another way"),
    "code_doubled": N_("The country code stood twice"),
    "zero_removed": N_("A zero too many is left out"),
    "zero_added": N_("A zero at the beginning was missing"),
}
COUNTRY = "country:"
# Whose numbers stand in lists of a country besides its own: its neighbours and where its people come from.
_NEAR: dict[str, tuple[str, ...]] = {
    "PL": ("UA", "DE", "CZ", "SK", "LT", "BY"),
    "UA": ("PL", "DE", "CZ", "MD", "RO"),
    "DE": ("PL", "AT", "CH", "NL", "FR"),
    "CZ": ("SK", "PL", "DE", "UA"),
    "SK": ("CZ", "PL", "HU", "UA"),
    "AT": ("DE", "CH", "IT"),
    "LT": ("LV", "PL", "EE"),
    "RU": ("KZ", "BY", "UA"),
    "KZ": ("RU", "UZ", "KG"),
}
_NEAR_ANY = ("PL", "UA", "DE")
_MOBILE = ("mobile", "fixed_or_mobile")
_LONGEST = 100
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "О": "0", "о": "0", "l": "1", "I": "1", "|": "1", "З": "3", "з": "3"})
_LONE_LOOKALIKE = re.compile(r"[\d\s.()+-]*[OoОоlI|Зз][\d\s.()+OoОоlI|Зз-]*")
_NUMBER = re.compile(r"\+?\(?\d[\d\s().\u00a0/-]{5,}\d")
_FRACTION = re.compile(r"^(\+?[\d\s-]{6,}\d)[.,]\d{1,2}$")
_OTHER_PREFIX = re.compile(r"^(?:\+\s*00|\+\s*\+|000|00\s*\+|\(00\)|810|011|0\+|\+0)\s*(?=\(?[1-9])")


@dataclass(frozen=True, slots=True)
class Repair:
    """`kind` groups repairs that are accepted together, `proposal` is the number in E.164."""

    kind: str
    proposal: str


def repaired(text: str, reason: str, country: str) -> Repair | None:
    """`text` is the number as it stands in the cell, `country` the one that was to complete it; None for no repair."""
    if reason in ("empty", "not_a_number", "scientific") or len(text) > _LONGEST:
        return None
    at_home = _at_home(text, country)
    abroad = None if reason == "letters" else _abroad(text, country)
    if at_home is None or abroad is None:
        return at_home or abroad
    if at_home.kind != "zero_removed":
        return at_home
    # a local number of another country may look like one of this with a zero before it: mobiles are likelier
    ours = read(at_home.proposal, country)
    return None if isinstance(ours, Phone) and ours.kind in _MOBILE else abroad


def kind_sentence(kind: str) -> str:
    """What all repairs of a kind do, for people."""
    if kind.startswith(COUNTRY):
        return _("The number is one of another country: {country}", country=kind.removeprefix(COUNTRY))
    return _(KINDS[kind])


def _at_home(text: str, country: str) -> Repair | None:
    for kind, candidates in _readings(text, country):
        found = {phone.number for one in candidates if isinstance(phone := read(one, country), Phone)}
        if found:
            return Repair(kind, found.pop()) if len(found) == 1 else None
    return None


def _readings(text: str, country: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Kinds of repair from the surest on, each with what the number would be."""
    if _LONE_LOOKALIKE.fullmatch(text):
        yield "letters_for_digits", [text.translate(_LOOKALIKES)]
    if any(character.isalpha() for character in text):
        yield "text_removed", _NUMBER.findall(text)
    if found := _FRACTION.match(text):
        yield "fraction_removed", [found[1]]
    if found := _OTHER_PREFIX.match(text):
        yield "prefix_corrected", ["+" + text[found.end() :]]
    yield from _by_digits(text, country)


def _by_digits(text: str, country: str) -> Iterator[tuple[str, Sequence[str]]]:
    digits = re.sub(r"\D", "", text)
    code = str(phonenumbers.country_code_for_region(country))
    bare = digits.removeprefix("00")
    if text.lstrip().startswith("00") or not text.lstrip().startswith(("+", "0")):
        yield "plus_added", ["+" + bare]
    if bare.startswith(code * 2):
        yield "code_doubled", ["+" + bare.removeprefix(code)]
    if bare.startswith(code + "00" + code):
        yield "code_doubled", ["+" + bare.removeprefix(code + "00")]
    without = [digits.removeprefix("0"), "+" + code + bare.removeprefix(code).lstrip("0")]
    yield "zero_removed", without if digits.startswith("0") or bare.startswith(code + "0") else []
    yield "zero_added", ["0" + digits] if not digits.startswith("0") and "+" not in text else []


def _abroad(text: str, country: str) -> Repair | None:
    """A local mobile number of exactly one of the countries that are likely here."""
    example = phonenumbers.example_number(country)
    shortest = len(phonenumbers.national_significant_number(example)) if example else 0
    # what has fewer digits than numbers have here has rather lost one
    if text.lstrip().startswith(("+", "00")) or len(re.sub(r"\D", "", text)) < shortest:
        return None
    near = [read(text, one) for one in _NEAR.get(country, _NEAR_ANY) if one != country]
    found = {phone.number: phone.region for phone in near if isinstance(phone, Phone) and phone.kind in _MOBILE}
    if len(found) != 1:
        return None
    number, region = found.popitem()
    return Repair(COUNTRY + region, number)
