"""Lists as customers send them: numbers written in every way, several in one cell, some junk, some people twice. Pure.

The same rows come out for the same sizes, so a file can be gone through again beside what the import made of it.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from ringyard.bench.contacts.people import Person, person, shuffled

HEADER = ["Imię i nazwisko", "Telefon", "Telefon 2", "E-mail", "Uwagi"]
COLUMNS = ["name", "phone", "phone", "email", "comment"]
DELIMITER, COUNTRY = ";", "PL"
PHONE_COLUMNS = tuple(place for place, role in enumerate(COLUMNS, 1) if role == "phone")
_JUNK = (
    "501 abc 123",
    "4,85E+10",
    "12345",
    "+48 000 000 000",
    "brak",
    "0048 12",
    "+999 123456789",
    "6012003007777777",
)
_CODES = {"PL": 3, "UA": 4, "DE": 3}
Row = list[str]


def mostly_new(rows: int, known: int) -> Iterator[Row]:
    """Of a hundred rows 3 are junk, 2 people of the base (numbers 0 to `known` - 1), 1 comes a second time."""
    for place in range(rows):
        dice = shuffled(place + 7_000_000_000)
        share, dice = dice % 100, dice // 100
        if share < 3:
            yield _junk(person(known + place), dice)
        elif share < 5 and known:
            yield _row(person(dice % known), dice)
        elif share < 6 and place:
            yield _row(person(known + dice % place), dice)
        else:
            yield _row(person(known + place), dice)


def all_known(rows: int, known: int) -> Iterator[Row]:
    """People of the base only, with their numbers written in other ways and nothing that is not known of them."""
    for place in range(rows):
        yield [*_row(person(place % known), shuffled(place + 8_000_000_000))[:-1], ""]


def write(path: Path, rows: Iterable[Row]) -> int:
    """Below a header, in UTF-8; gives the bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=DELIMITER)
        writer.writerow(HEADER)
        writer.writerows(rows)
    return path.stat().st_size


def _row(one: Person, dice: int) -> Row:
    cells = [_written(one.country, number, dice >> 4 * place) for place, number in enumerate(one.numbers)]
    first, second = cells[0], cells[1:]
    if second and dice % 3 == 0:
        first, second = f"{first}{(', ', ' / ', '; ')[dice % 7 % 3]}{second[0]}", second[1:]
    comment = "dzwonić po 16:00" if dice % 10 == 0 else ""
    return [one.name, first, " / ".join(second), one.email, comment]


def _junk(one: Person, dice: int) -> Row:
    """A bad number, in every fourth row beside a good one."""
    bad, good = _JUNK[dice % len(_JUNK)], one.numbers[0] if dice // 8 % 4 == 0 else ""
    return [one.name, bad, good, one.email, ""]


def _written(country: str, number: str, dice: int) -> str:
    """The list's country also writes its numbers without the country's code."""
    code = _CODES[country]
    local = number[code:]
    parted = (local[:-6], local[-6:-3], local[-3:])
    abroad = (
        number,
        f"{number[:code]} {' '.join(parted)}",
        f"00{number[1:]}",
        number[1:],
        f"{number[:code]} ({parted[0]}) {parted[1]}-{parted[2]}",
    )
    if country != COUNTRY:
        return abroad[dice % len(abroad)]
    ways = (
        local,
        " ".join(parted),
        "-".join(parted),
        ".".join(parted),
        "\u00a0".join(parted),
        f"tel. {local}",
        *abroad,
    )
    return ways[dice % len(ways)]
