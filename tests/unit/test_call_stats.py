"""Shapes of the dashboard's figures."""

from datetime import UTC, datetime

from tenants.calls.stats import HOURS, Load, filled


def test_hours_without_calls_are_shown_as_zeros_and_the_running_one_is_last() -> None:
    at = datetime(2026, 11, 22, 13, 40, tzinfo=UTC)
    hours = filled({datetime(2026, 11, 22, 13, tzinfo=UTC): (7, 3)}, "Europe/Warsaw", at)
    assert len(hours) == HOURS
    assert (hours[-1].label, hours[-1].made, hours[-1].answered) == ("14:00", 7, 3)
    assert sum(hour.made for hour in hours) == 7


def test_the_hour_that_comes_twice_has_two_bars_of_its_own() -> None:
    found = {datetime(2026, 10, 25, 0, tzinfo=UTC): (5, 0), datetime(2026, 10, 25, 1, tzinfo=UTC): (2, 1)}
    hours = filled(found, "Europe/Warsaw", datetime(2026, 10, 25, 3, 30, tzinfo=UTC))
    assert [(hour.label, hour.made) for hour in hours[-4:]] == [("02:00", 5), ("02:00", 2), ("03:00", 0), ("04:00", 0)]


def test_rates_without_a_call_are_nothing_and_not_zero() -> None:
    quiet = Load(live=0, made=0, answered=0, ended=0, talk_s=0, made_before=0)
    assert (quiet.answer_rate, quiet.mean_talk_s, quiet.change) == (None, None, None)
    busy = Load(live=1, made=11, answered=4, ended=10, talk_s=60, made_before=10)
    assert busy.answer_rate == 0.4
    assert busy.mean_talk_s == 15
    assert round(busy.change or 0, 2) == 0.1
