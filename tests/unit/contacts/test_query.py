"""What somebody typed into the search box, understood."""

import pytest

from tenants.contacts.query import Query, escaped, understood


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("Jan Kowalski", Query(words=("Jan", "Kowalski"))),
        ("zo", Query(prefix="zo")),
        ("+48 601-200-300", Query(digits="48601200300")),
        ("jan 601", Query(words=("jan",), digits="601")),
        ("jan 60", Query(words=("jan", "60"))),
        ("48", Query(prefix="48")),
    ],
)
def test_words_prefixes_and_numbers_are_told_apart(typed: str, query: Query) -> None:
    assert understood(typed) == query


def test_what_is_dialed_before_a_number_is_left_out() -> None:
    assert understood("0048 601 200 300").significant == "48601200300"
    assert understood("000").significant == "000"


def test_signs_of_patterns_mean_nothing() -> None:
    assert escaped("50%_\\") == "50\\%\\_\\\\"
