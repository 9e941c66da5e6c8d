"""Values of own fields, as people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.custom_fields.fields import (
    CustomFieldFields,
    key_of,
    normal_values,
    problems,
    tidy_choices,
    value_problems,
)
from tenants.custom_fields.values import custom_value

TARIFFS = ("Basic", "Full")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("12.50", "12.5"),
        ("12,5", "12.5"),
        ("1 234,50", "1234.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"),
        ("1,234,567", "1234567"),
        ("-0", "0"),
        ("+007", "7"),
        ("100", "100"),
        ("0.0", "0"),
        ("", ""),
        ("1e5", None),
        ("12 pcs", None),
        ("NaN", None),
        ("٣", None),
        ("1.2.3,4,5", None),
    ],
)
def test_a_number_is_kept_with_a_point_and_no_idle_zeros(text: str, kept: str | None) -> None:
    assert custom_value("number", (), text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-11-22", "2026-11-22"),
        ("22.11.2026", "2026-11-22"),
        ("2/1/2026", "2026-01-02"),
        ("2026-11-22 00:00:00", "2026-11-22"),
        ("2026-11-22T10:15", "2026-11-22"),
        ("30.02.2026", None),
        ("22.11.26", None),
        ("tomorrow", None),
    ],
)
def test_a_date_is_kept_with_its_year_first(text: str, kept: str | None) -> None:
    assert custom_value("date", (), text) == kept


@pytest.mark.parametrize(("text", "kept"), [("basic", "Basic"), (" FULL ", "Full"), ("Half", None), ("", "")])
def test_a_choice_is_kept_as_it_was_defined(text: str, kept: str | None) -> None:
    assert custom_value("choice", TARIFFS, text) == kept


@given(st.sampled_from(["text", "number", "date", "choice"]), st.text(max_size=30))
def test_what_is_kept_is_kept_again(kind: str, text: str) -> None:
    kept = custom_value(kind, TARIFFS, text)
    assert kept is None or custom_value(kind, TARIFFS, kept) == kept


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Contract number", [], "contract_number"),
        ("Номер договору", [], "номер_договору"),
        ("  Tariff!  ", ["Tariff"], "tariff_2"),
        ("tariff", ["tariff", "TARIFF_2"], "tariff_3"),
        ("???", [], "field"),
    ],
)
def test_a_key_is_made_from_the_name_and_is_free(name: str, taken: list[str], key: str) -> None:
    assert key_of(name, taken) == key


def test_a_wrong_value_is_told_beside_its_key_and_an_unknown_key_is_text() -> None:
    kinds = {"paid": ("number", ()), "tariff": ("choice", TARIFFS)}
    wrong = value_problems({"paid": "much", "tariff": "full", "shoe": "42 EU"}, kinds)  # type: ignore[arg-type]
    assert [error.field for error in wrong] == ["custom.paid"]
    kept = normal_values({"paid": "1,5", "tariff": "", "shoe": " 42 EU "}, kinds)  # type: ignore[arg-type]
    assert kept == {"paid": "1.5", "shoe": "42 EU"}


def test_a_choice_without_choices_is_refused() -> None:
    wrong = problems(CustomFieldFields(name="Tariff", kind="choice", choices=[" "]))
    assert [error.field for error in wrong] == ["choices"]
    assert tidy_choices([" Basic ", "basic", "", "Full"]) == ["Basic", "Full"]
