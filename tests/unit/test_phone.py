"""Phone numbers as they stand in customers' files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import example_number, format_number
from phonenumbers.phonenumberutil import PhoneNumberFormat

from ringyard.kit.phone import REASONS, Phone, Unreadable, countries, read, sentence, spaced, split


@pytest.mark.parametrize(
    ("cell", "country", "number"),
    [
        ("+48 501 234 567", "PL", "+48501234567"),
        ("501-234-567", "PL", "+48501234567"),
        ("0048501234567", "PL", "+48501234567"),
        ("48501234567", "PL", "+48501234567"),
        ("380501234567", "PL", "+380501234567"),
        ("067 123 45 67", "UA", "+380671234567"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("501\u00a0234\u00a0567", "PL", "+48501234567"),
        ("\ufeff501234567", "PL", "+48501234567"),
        ("'501234567", "PL", "+48501234567"),
        ("tel. 501 234 567", "PL", "+48501234567"),
        ("22 123 45 67 wew. 12", "PL", "+48221234567"),
        ("501234567.0", "PL", "+48501234567"),
        ("4,8501234567E+10", "PL", "+48501234567"),
    ],
)
def test_a_number_is_completed_from_the_country(cell: str, country: str, number: str) -> None:
    found = read(cell, country)
    assert isinstance(found, Phone)
    assert found.number == number


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "empty"),
        ("501 abc 123", "letters"),
        ("1-800-FLOWERS", "letters"),
        ("4,85E+10", "scientific"),
        ("12", "too_short"),
        ("5012345678901234567", "too_long"),
        ("5" * 1000, "too_long"),
        ("+999123456", "unknown_country_code"),
        ("000000000", "invalid_for_country"),
        ("---", "not_a_number"),
    ],
)
def test_what_cannot_be_called_has_its_reason(cell: str, reason: str) -> None:
    assert read(cell, "PL") == Unreadable(reason)
    assert sentence(reason)


def test_a_number_has_the_zone_of_its_own_country() -> None:
    zones = {cell: found.timezone for cell in ("+48501234567", "+380501234567", "+79161234567", "+12125551234")
             if isinstance(found := read(cell, "PL"), Phone)}  # fmt: skip
    assert list(zones.values()) == ["Europe/Warsaw", "Europe/Kyiv", "Europe/Moscow", "America/New_York"]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("501234567; 502345678", ["501234567", "502345678"]),
        ("501234567/502345678", ["501234567", "502345678"]),
        ("+48501234567 +48502345678", ["+48501234567", "+48502345678"]),
        ("501 234 567 lub 22 123 45 67", ["501 234 567", "22 123 45 67"]),
        ("501,234,567", ["501,234,567"]),
        ("030/1234567", ["030/1234567"]),
        ("  ", []),
    ],
)
def test_several_numbers_of_a_cell_are_told_apart(cell: str, parts: list[str]) -> None:
    assert split(cell) == parts


@settings(max_examples=30)  # each country's plan is worked out at its first number
@given(st.sampled_from(sorted(countries())), st.sampled_from(["national", "international"]))
def test_every_country_s_example_number_is_read_in_both_formats(country: str, how: str) -> None:
    number = example_number(country)
    assert number is not None
    style = PhoneNumberFormat.NATIONAL if how == "national" else PhoneNumberFormat.INTERNATIONAL
    found = read(format_number(number, style), country)
    assert isinstance(found, Phone)
    assert found.number == format_number(number, PhoneNumberFormat.E164)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_has_a_known_reason(cell: str) -> None:
    found = read(cell, "PL")
    if isinstance(found, Phone):
        assert found.number.startswith("+")
        assert read(found.number, "DE") == found
    else:
        assert found.reason in REASONS


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+48601000001", "+48 601 000 001"),
        ("+380671000003", "+380 67 100 0003"),
        ("+4930555", "+49 30 555"),
        ("77", "77"),
    ],
)
def test_a_number_is_shown_as_its_country_groups_it(e164: str, shown: str) -> None:
    assert spaced(e164) == shown
