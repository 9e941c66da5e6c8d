"""Finding a person in rows that hold free text: junk of imports, and the audit. Pure."""

import re

import phonenumbers

_SHORTEST = 6
"""Fewer digits are found in numbers of other people."""


def digit_endings(numbers: list[str]) -> list[str]:
    """LIKE patterns for a cell's digits: the number with or without its country code."""
    found = []
    for number in numbers:
        national = str(phonenumbers.parse(number).national_number)
        digits = national if len(national) >= _SHORTEST else re.sub(r"\D", "", number)
        found.append(f"%{digits}")
    return found


def quoted(texts: list[str]) -> list[str]:
    """LIKE patterns for whole JSON strings, in JSON that was lowered."""
    return [f'%"{_escaped(text.lower())}"%' for text in texts if not set(text) & set('\\"')]


def _escaped(text: str) -> str:
    return re.sub(r"([%_])", r"\\\1", text)
