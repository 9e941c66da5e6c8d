"""Kept answers are those of phonenumbers, number by number, in every way of writing and for every country."""

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringyard.kit.digit_patterns import Patterns
from ringyard.kit.phone import asked, countries, numbers
from ringyard.kit.phone_memo import Memo

HOMES = ["PL", "UA", "DE", "US", "GB", "IT", "BR", "AR", "RU", "KZ", "CA", "AU", "MX", "JP", "LT", "JE", "KN"]
SAMPLE = 1000
_TRUNKS = ["0", "8", "1", "00", "80", "011", "810", "0015", "06", "15"]


def _examples(country: str) -> list[tuple[str, str]]:
    kinds = phonenumbers.PhoneNumberType.values()
    found = [phonenumbers.example_number_for_type(country, kind) for kind in kinds]
    return [(str(one.country_code), phonenumbers.national_significant_number(one)) for one in found if one]


def _near(dice: random.Random, digits: str) -> str:
    """The same beginning, mostly as long, other digits behind."""
    kept = dice.randint(0, len(digits))
    rest = "".join(dice.choice("0123456789") for _ in digits[kept:])
    return (digits[:kept] + rest)[: dice.choice([len(digits), len(digits), len(digits), len(digits) - 1])]


def _written(dice: random.Random, code: str, national: str) -> str:
    form = dice.choice(
        ["{n}", "{n}", "+{c}{n}", "00{c}{n}", "{c}{n}", "{t}{n}", "+{c}0{n}", "+{c} ({t}) {n}", "{t}{c}{n}"]
    )
    cell = form.format(c=code, n=national, t=dice.choice(_TRUNKS))
    for _ in range(dice.choice([0, 0, 1, 3])):
        at = dice.randint(0, len(cell))
        cell = cell[:at] + dice.choice(" -()/.\u00a0") + cell[at:]
    return cell


@pytest.mark.parametrize("home", HOMES)
def test_a_kept_answer_is_that_of_phonenumbers(home: str) -> None:
    dice = random.Random(home)
    near = {country: _examples(country) for country in (home, *dice.sample(sorted(countries()), 4))}
    for _ in range(SAMPLE):
        code, national = dice.choice(near[dice.choice([home, home, *near])] or [("48", "501234567")])
        cell = _written(dice, code, _near(dice, national))
        assert numbers(cell, home) == asked(cell, home), cell


@given(st.sampled_from(HOMES), st.text("0123456789", min_size=4, max_size=18), st.booleans())
def test_any_digits_are_read_as_phonenumbers_reads_them(home: str, digits: str, plus: bool) -> None:
    cell = f"+{digits}" if plus else digits
    assert numbers(cell, home) == asked(cell, home)


_cells = st.text("0123456789 +-()/.,;[]'\u00a0eE", max_size=40)


@given(st.sampled_from(HOMES), _cells)
def test_any_punctuation_is_passed_over_as_phonenumbers_does(home: str, cell: str) -> None:
    assert numbers(cell, home) == asked(cell, home)


_parts = st.sampled_from(["601200300", "+48 601 200 301", "22 123 45 67", "0048601200302", "501234567.0", "12", "+"])


@given(st.lists(st.tuples(_parts, st.sampled_from(["/", " / ", ", ", ";", " ", "\n", " lub "])), max_size=4))
def test_several_numbers_of_a_cell_are_read_as_one_by_one(parts: list[tuple[str, str]]) -> None:
    cell = "".join(part + mark for part, mark in parts).rstrip(" /,;\n")
    assert numbers(cell, "PL") == asked(cell, "PL")


def test_a_memo_that_is_full_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ringyard.kit.phone_memo._MOST_ANSWERS", 5)
    memo = Memo("PL")
    cells = [f"{first}01234567" for first in range(1, 10)] * 2
    assert [memo.read(cell) for cell in cells] == [asked(cell, "PL")[0] for cell in cells]
    assert sum(len(one.answers) for one in memo._lengths) <= 5


@pytest.mark.parametrize(
    ("whole", "start", "digits", "settled"),
    [
        (r"5\d{8}", "", "501234567", 1),
        (r"5\d{8}", "", "50123456", 0),
        (r"(?:50[1-3]|6\d\d)\d{3}", "", "501234", 3),
        (r"(?:50[1-3]|6\d\d)\d{3}", "", "601234", 1),
        (r"12345", "", "12345", 5),
        (r"12345", "", "22345", 1),
        (r"[1-9]\d{4,5}", "", "12345", 1),
        ("", r"0", "0123", 1),
        ("", r"0(?:15)?", "0123", 3),
        ("", r"([2-7]\d{3})$|1", "23456", 1),
    ],
)
def test_digits_settle_a_pattern_as_soon_as_the_rest_cannot_matter(
    whole: str, start: str, digits: str, settled: int
) -> None:
    assert Patterns([whole] if whole else [], [start] if start else []).settled(digits) == settled
