"""Every phone cell of a file asked of phonenumbers alone, number by number, against what an import made of it.

Which part of a cell is a number (`split`, `cleaned`) is the product's rule; what the number is must be what
phonenumbers says about it when it is asked afresh each time: E.164, region, kind, and the zone of its country.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from ringyard.bench.contacts.file import COUNTRY, DELIMITER, PHONE_COLUMNS
from ringyard.kit.phone import KINDS, cleaned, split
from ringyard.kit.zones import zone_of
from tenants.workspace import workspace

Known = tuple[str, str, str]
"""Region, zone and kind."""

FIRST_ROW = 2
_INTERNATIONAL_DIGITS = 11


@dataclass(slots=True)
class Answers:
    """`junk` counts by row and column; `asked` numbers took `cpu_s` of this process."""

    numbers: dict[str, Known] = field(default_factory=dict)
    junk: Counter[tuple[int, int]] = field(default_factory=Counter)
    asked: int = 0
    cpu_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Differences:
    """Of `compared` numbers and junk cells."""

    compared: int
    missing: int
    other: int
    unexpected: int
    junk: int

    @property
    def total(self) -> int:
        return self.missing + self.other + self.unexpected + self.junk


def ask_all(file: Path) -> Answers:
    """The whole file, at phonenumbers' own speed."""
    answers, began = Answers(), time.process_time()
    kept: dict[Known, Known] = {}
    for row, column, text in _cells(file):
        answers.asked += 1
        found = ask(text)
        if found is None:
            answers.junk[row, column] += 1
        else:
            answers.numbers[found[0]] = kept.setdefault(found[1:], found[1:])
    answers.cpu_s = time.process_time() - began
    return answers


def ask(text: str) -> tuple[str, str, str, str] | None:
    """Number, region, zone and kind; None for what is none. A number may lack its plus, and letters are no digits."""
    if any(character.isalpha() for character in text):
        return None
    digits = sum(character.isdigit() for character in text)
    found = _parsed(text)
    if found is None and digits >= _INTERNATIONAL_DIGITS and not text.startswith(("+", "0")):
        return _parsed(f"+{text}")
    return found


def _parsed(text: str) -> tuple[str, str, str, str] | None:
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    region = phonenumbers.region_code_for_number(number) or ""
    kind = KINDS.get(phonenumbers.number_type(number), "other")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164), region, zone_of(number, region), kind


def _cells(file: Path) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each number."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter=DELIMITER)
        next(rows)
        for row, cells in enumerate(rows, FIRST_ROW):
            for column in PHONE_COLUMNS:
                for text in split(cells[column - 1].strip()):
                    yield row, column, cleaned(text)


async def differences(import_id: UUID, answers: Answers) -> Differences:
    """In one pass over every number of the workspace, and one over the import's junk."""
    missing, other, unexpected = dict(answers.numbers), 0, 0
    async with workspace() as connection:
        stored = connection.cursor(
            """select p.number, p.region, p.timezone, p.kind, c.import_id is not distinct from $1
               from phones p join contacts c on c.id = p.contact_id""",
            import_id, prefetch=10_000,
        )  # fmt: skip
        async for number, region, zone, kind, ours in stored:
            expected = answers.numbers.get(number)
            missing.pop(number, None)
            other += expected is not None and expected != (region, zone, kind)
            unexpected += expected is None and ours
        rows = await connection.fetch("select row_number, column_number from junk where import_id = $1", import_id)
    junk = Counter((row["row_number"], row["column_number"]) for row in rows)
    apart = (junk - answers.junk).total() + (answers.junk - junk).total()
    return Differences(len(answers.numbers) + answers.junk.total(), len(missing), other, unexpected, apart)
