"""A file of numbers as rows: the number first or in the only column that has one, a reason in the next. Pure."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringyard.kit.phone import Unreadable, read
from tenants.do_not_call.fields import LONGEST_REASON

LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is E.164, or empty with `junk` as the code of what is wrong."""

    row: int
    text: str
    number: str = ""
    reason: str = ""
    junk: str = ""


def records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Each line is a record, whatever its quotes say: a stray one must not swallow the rest of the file."""
    for line in lines:
        try:
            yield next(csv.reader([line.replace("\0", "")], delimiter=delimiter), [])
        except csv.Error:
            yield [line]


def understood(place: int, cells: list[str], country: str) -> Row | None:
    """The row's number; None for an empty row, and for a first row that names the columns."""
    texts = [cell.strip() for cell in cells]
    if not any(texts):
        return None
    for column, text in enumerate(texts):
        found = read(text, country) if text else None
        if found is not None and not isinstance(found, Unreadable):
            rest = [other for other in texts[column + 1 :] if other] or [other for other in texts[:column] if other]
            return Row(place, text[:LONGEST_SHOWN], found.number, (rest[0] if rest else "")[:LONGEST_REASON])
    first = next(text for text in texts if text)
    wrong = read(first, country)
    if place == 1 and not any(character.isdigit() for character in first):
        return None
    return Row(place, first[:LONGEST_SHOWN], junk=wrong.reason if isinstance(wrong, Unreadable) else "not_a_number")
