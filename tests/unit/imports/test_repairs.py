"""A wrong number is repaired only where one number is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringyard.kit.phone import Phone, Unreadable, read
from tenants.imports.repairs import Repair, kind_sentence, repaired


def repair(text: str, country: str = "PL") -> Repair | None:
    found = read(text, country)
    return repaired(text, found.reason, country) if isinstance(found, Unreadable) else None


@pytest.mark.parametrize(
    ("text", "country", "kind", "number"),
    [
        ("6O1 2OO 3OO", "PL", "letters_for_digits", "+48601200300"),
        ("60l200300", "PL", "letters_for_digits", "+48601200300"),
        ("601 200 300 Jan", "PL", "text_removed", "+48601200300"),
        ("Jan: +48 601 200 300 (dom)", "PL", "text_removed", "+48601200300"),
        ("+48 48 601200300", "PL", "code_doubled", "+48601200300"),
        ("0601200300", "PL", "zero_removed", "+48601200300"),
        ("+48 0 601200300", "PL", "zero_removed", "+48601200300"),
        ("022 123 45 67", "PL", "zero_removed", "+48221234567"),
        ("601200300.5", "PL", "fraction_removed", "+48601200300"),
        ("067 123 45 67", "PL", "country:UA", "+380671234567"),
        ("781234567", "UA", "country:PL", "+48781234567"),
    ],
)
def test_what_was_probably_meant_is_proposed(text: str, country: str, kind: str, number: str) -> None:
    assert repair(text, country) == Repair(kind, number)
    assert kind_sentence(kind)


@pytest.mark.parametrize(
    "text",
    ["", "brak", "501 abc 123", "4,85E+10", "12345", "601-200-30", "601200300 lub 601200301 Jan", "+999123456789",
     "6012003007777777"],
)  # fmt: skip
def test_what_may_be_several_numbers_or_none_is_left_to_people(text: str) -> None:
    assert repair(text) is None


@given(st.sampled_from(["PL", "UA", "DE", "US"]), st.text("0123456789 +-()Oola.,/", max_size=25))
def test_whatever_is_proposed_is_a_number(country: str, text: str) -> None:
    found = repair(text, country)
    if found is not None:
        assert isinstance(read(found.proposal, "PL"), Phone)
        assert kind_sentence(found.kind)
