"""The deciding parts of the lists: a file's rows, a listed number's follower, the last release, a person's traces."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.campaigns.hours import Window
from tenants.campaigns.redial import Progress, Rules, past_listed
from tenants.do_not_call.rows import records, understood
from tenants.erasing.traces import digit_endings, quoted
from tenants.workspace_settings.fields import DialingLimits, last_release, problems

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RULES = Rules(Window(0, 1440, frozenset(range(1, 8))), 1, 30, 10, 10, 1, False, False)


@pytest.mark.parametrize(
    ("cells", "number", "reason"),
    [
        (["601 200 300"], "+48601200300", ""),
        (["601200300", "asked"], "+48601200300", "asked"),
        (["Jan", "+49 151 23456789", "", "letter"], "+4915123456789", "letter"),
        (["asked", "601200300"], "+48601200300", "asked"),
    ],
)
def test_the_number_is_found_and_the_reason_stands_beside_it(cells: list[str], number: str, reason: str) -> None:
    row = understood(2, cells, "PL")
    assert row is not None
    assert (row.number, row.reason, row.junk) == (number, reason, "")


def test_a_first_row_of_words_names_the_columns_and_a_later_one_is_junk() -> None:
    assert understood(1, ["Phone", "Reason"], "PL") is None
    assert understood(5, ["", " "], "PL") is None
    later = understood(2, ["Phone"], "PL")
    assert later is not None
    assert (later.number, later.junk) == ("", "letters")


@given(st.lists(st.text(), max_size=5))
def test_any_line_is_a_record_and_any_record_a_row_or_nothing(lines: list[str]) -> None:
    found = list(records(lines, ";"))
    assert len(found) == len(lines)
    for place, cells in enumerate(found, 1):
        row = understood(place, cells, "PL")
        assert row is None or bool(row.number) != bool(row.junk)


def test_a_listed_number_leads_to_the_next_one_and_the_last_to_the_end() -> None:
    following = past_listed(Progress((1, 2), position=0, listed=True), RULES, "UTC", NOON)
    assert (following.state, following.reason, following.progress.position) == ("waiting", "due", 1)
    nobody = past_listed(Progress((), position=0, listed=True), RULES, "UTC", NOON)
    assert (nobody.state, nobody.reason, nobody.progress.calls_today) == ("done", "do_not_call", 0)


@pytest.mark.parametrize(
    ("at", "released"),
    [
        (datetime(2026, 11, 23, 18, 59, tzinfo=UTC), datetime(2026, 11, 22, 19, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), datetime(2026, 11, 23, 19, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 19, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 18, 0, tzinfo=UTC), datetime(2026, 10, 24, 18, 0, tzinfo=UTC)),
    ],
)
def test_undialed_numbers_go_back_by_the_local_clock(at: datetime, released: datetime) -> None:
    assert last_release(DialingLimits(release_at="20:00"), "Europe/Warsaw", at) == released


def test_where_nothing_is_released_there_is_no_last_time() -> None:
    assert last_release(DialingLimits(release=False), "Europe/Warsaw", NOON) is None


@pytest.mark.parametrize("limits", [DialingLimits(numbers_at_once=0), DialingLimits(release_at="24:00")])
def test_limits_out_of_their_range_are_refused(limits: DialingLimits) -> None:
    assert len(problems(limits)) == 1


def test_a_person_is_looked_for_by_the_digits_without_the_country_and_by_whole_texts() -> None:
    assert digit_endings(["+48601200300"]) == ["%601200300"]
    assert quoted(["Jan_K@example.com"]) == ['%"jan\\_k@example.com"%']
