"""The made-up list of the contact base's figures: always the same, and what its description promises."""

import csv
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from ringyard.bench.contacts.exactness import ask, ask_all
from ringyard.bench.contacts.file import COLUMNS, all_known, mostly_new, write
from ringyard.bench.contacts.people import MOST, person

ROWS = 4000


def test_a_person_is_the_same_in_every_run() -> None:
    assert person(0) == person(0)
    assert person(1).numbers[0].endswith("0007919")
    assert [person(number) for number in range(50)] != [person(number) for number in range(50, 100)]


def test_nobody_shares_a_number() -> None:
    numbers = [number for one in map(person, range(ROWS)) for number in one.numbers]
    assert len(set(numbers)) == len(numbers)
    assert 1.3 < len(numbers) / ROWS < 1.5


def test_every_number_of_a_person_is_one() -> None:
    for number in (number for one in map(person, range(0, MOST, 9973)) for number in one.numbers):
        found = ask(number)
        assert found is not None and found[0] == number


@pytest.mark.parametrize("number", [-1, MOST])
def test_people_end_where_numbers_would_come_again(number: int) -> None:
    with pytest.raises(ValueError, match="no person"):
        person(number)


def test_a_file_is_the_same_in_every_run(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    assert write(one, mostly_new(ROWS, ROWS)) == write(other, mostly_new(ROWS, ROWS))
    assert one.read_bytes() == other.read_bytes()


def test_each_row_has_the_files_columns() -> None:
    for rows in (mostly_new(ROWS, ROWS), all_known(ROWS, 100)):
        assert {len(row) for row in rows} == {len(COLUMNS)}


def test_few_rows_are_junk_or_there_before_and_the_others_are_new(tmp_path: Path) -> None:
    write(tmp_path / "list.csv", mostly_new(ROWS, ROWS))
    answers = ask_all(tmp_path / "list.csv")
    known = {number for one in map(person, range(ROWS)) for number in one.numbers}
    assert 0.02 * ROWS < answers.junk.total() < 0.04 * ROWS
    assert 0.01 * ROWS < len(known & answers.numbers.keys()) < 0.05 * ROWS
    assert len(answers.numbers) > 1.2 * ROWS


def test_known_people_are_written_in_other_ways_and_stay_themselves(tmp_path: Path) -> None:
    write(tmp_path / "list.csv", all_known(ROWS, ROWS))
    answers = ask_all(tmp_path / "list.csv")
    assert set(answers.numbers) == {number for one in map(person, range(ROWS)) for number in one.numbers}
    assert not answers.junk


def test_numbers_are_written_in_many_ways(tmp_path: Path) -> None:
    write(tmp_path / "list.csv", mostly_new(ROWS, ROWS))
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as file:
        cells = [row[1] for row in islice(csv.reader(file, delimiter=";"), 1, None)]
    shapes = Counter("".join("9" if character.isdigit() else character for character in cell) for cell in cells)
    assert len(shapes) > 50
