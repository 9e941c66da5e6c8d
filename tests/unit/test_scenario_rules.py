"""What a scenario may say."""

import pytest
from msgspec.structs import replace

from tenants.scenarios.fields import Destination, ScenarioFields
from tenants.scenarios.rules import problems

GOOD = ScenarioFields(name="Weekdays", destination=Destination("record", "default"))
SOME_ID = "01a2036c-1979-709a-ad4c-eb402a331ca0"


def wrong_fields(**changes: object) -> list[str]:
    return [problem.field for problem in problems(replace(GOOD, **changes))]


def test_the_defaults_with_a_name_are_a_good_scenario() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize("hours", [("00:00", "24:00"), ("22:00", "06:00"), ("09:30", "09:31")])
def test_hours_run_from_midnight_to_the_days_end_and_past_it(hours: tuple[str, str]) -> None:
    assert wrong_fields(starts_at=hours[0], ends_at=hours[1]) == []


@pytest.mark.parametrize("text", ["", "9:00", "25:00", "24:01", "12:60", "noon", "12:00:00"])
def test_a_time_that_is_no_time_is_refused(text: str) -> None:
    assert wrong_fields(ends_at=text) == ["ends_at"]


@pytest.mark.parametrize("days", [[], [0], [8], [1, 1]])
def test_weekdays_are_one_to_seven_once_each_and_at_least_one(days: list[int]) -> None:
    assert wrong_fields(weekdays=days) == ["weekdays"]


@pytest.mark.parametrize("field", ["redial_after_min", "calls_per_day", "days_to_call", "period_days"])
def test_counts_below_one_are_refused(field: str) -> None:
    assert wrong_fields(**{field: 0}) == [field]


def test_no_redials_at_all_is_a_choice() -> None:
    assert wrong_fields(redials=0) == []


def test_prefixes_are_international() -> None:
    assert wrong_fields(allowed_prefixes=["+48", "+380"]) == []
    assert wrong_fields(allowed_prefixes=["48"]) == ["allowed_prefixes"]
    assert wrong_fields(allowed_prefixes=["+4%"]) == ["allowed_prefixes"]


@pytest.mark.parametrize(
    ("destination", "good"),
    [
        (Destination("terminate"), True),
        (Destination("terminate", SOME_ID), False),
        (Destination("record", "default"), True),
        (Destination("record", SOME_ID), True),
        (Destination("record"), False),
        (Destination("extension", SOME_ID), True),
        (Destination("extension", "default"), False),
        (Destination("trunk", "elsewhere"), False),
        (Destination("queue", SOME_ID), True),
    ],
)
def test_each_destination_has_its_own_parameter(destination: Destination, good: bool) -> None:
    assert wrong_fields(destination=destination) == ([] if good else ["destination.target"])
