"""When a scenario may call: windows in the called person's own time, over clock changes and past midnight."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.campaigns.hours import Window, day_start, is_open, minutes, next_open, window, zone_info

WARSAW = "Europe/Warsaw"
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
ZONES = [WARSAW, "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]


def at(text: str, zone: str = WARSAW, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def test_an_office_window_opens_at_its_first_minute_and_is_closed_at_its_last() -> None:
    office = window("09:00", "18:00", [1, 2, 3, 4, 5])
    assert not is_open(office, WARSAW, at("2026-11-23T08:59:59"))
    assert is_open(office, WARSAW, at("2026-11-23T09:00:00"))
    assert is_open(office, WARSAW, at("2026-11-23T17:59:59"))
    assert not is_open(office, WARSAW, at("2026-11-23T18:00:00"))


def test_the_same_instant_is_open_for_one_person_and_closed_for_another() -> None:
    office, instant = window("09:00", "18:00", EVERY_DAY), at("2026-11-23T09:30", WARSAW)
    assert is_open(office, WARSAW, instant)
    assert is_open(office, "Europe/Kyiv", instant)
    assert not is_open(office, "America/New_York", instant)


def test_friday_evening_waits_for_monday() -> None:
    office = window("09:00", "18:00", [1, 2, 3, 4, 5])
    assert next_open(office, WARSAW, at("2026-11-20T19:00")) == at("2026-11-23T09:00")


def test_a_night_window_belongs_to_the_day_on_which_it_begins() -> None:
    night = window("22:00", "02:00", [5])
    assert is_open(night, WARSAW, at("2026-11-20T23:00"))
    assert is_open(night, WARSAW, at("2026-11-21T01:59"))
    assert not is_open(night, WARSAW, at("2026-11-21T02:00"))
    assert not is_open(night, WARSAW, at("2026-11-21T23:00"))
    assert not is_open(night, WARSAW, at("2026-11-20T01:00"))


def test_sunday_night_runs_into_monday() -> None:
    assert is_open(window("22:00", "02:00", [7]), WARSAW, at("2026-11-23T01:00"))


@pytest.mark.parametrize(("starts", "ends"), [("00:00", "24:00"), ("09:00", "09:00"), ("24:00", "24:00")])
def test_equal_hours_and_midnight_to_midnight_are_the_whole_day(starts: str, ends: str) -> None:
    monday = window(starts, ends, [1])
    assert is_open(monday, WARSAW, at("2026-11-23T00:00"))
    assert is_open(monday, WARSAW, at("2026-11-23T23:59:59"))
    assert not is_open(monday, WARSAW, at("2026-11-24T00:00"))


def test_an_evening_window_may_end_at_midnight() -> None:
    evening = window("18:00", "24:00", [1])
    assert is_open(evening, WARSAW, at("2026-11-23T23:59"))
    assert not is_open(evening, WARSAW, at("2026-11-24T00:00"))


def test_an_opening_that_the_spring_clock_change_skips_is_the_first_instant_after_it() -> None:
    night = window("02:30", "05:00", EVERY_DAY)
    assert next_open(night, WARSAW, at("2026-03-29T00:00")) == at("2026-03-29T03:00")


def test_a_window_inside_the_skipped_hour_does_not_open_on_that_day() -> None:
    skipped = window("02:10", "02:50", EVERY_DAY)
    assert next_open(skipped, WARSAW, at("2026-03-29T00:00")) == at("2026-03-30T02:10")


def test_an_hour_that_comes_twice_in_autumn_is_open_twice() -> None:
    night = window("02:15", "02:45", EVERY_DAY)
    assert is_open(night, WARSAW, at("2026-10-25T02:30", fold=0))
    assert is_open(night, WARSAW, at("2026-10-25T02:30", fold=1))
    between = at("2026-10-25T02:50", fold=0)
    assert next_open(night, WARSAW, between) == at("2026-10-25T02:15", fold=1)


def test_a_window_without_weekdays_never_opens() -> None:
    assert next_open(Window(540, 1080, frozenset()), WARSAW, at("2026-11-23T12:00")) is None


def test_an_unknown_zone_counts_as_utc() -> None:
    assert zone_info("Mars/Olympus") == ZoneInfo("UTC")
    assert zone_info("../etc/passwd") == ZoneInfo("UTC")


@pytest.mark.parametrize("wrong", ["9:00", "09:60", "24:01", "-1:00", "0900", "", "ab:cd", "09:0x"])
def test_what_is_no_time_of_day_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        minutes(wrong)


def test_a_day_starts_at_local_midnight_also_when_the_clocks_change() -> None:
    assert day_start(WARSAW, at("2026-03-28T12:00"), ahead=1) == at("2026-03-29T00:00")
    assert day_start(WARSAW, at("2026-03-28T12:00"), ahead=2) == at("2026-03-30T00:00")


windows = st.builds(
    Window,
    starts=st.integers(0, 1439),
    ends=st.integers(0, 1440),
    weekdays=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
)
instants = st.integers(0, 600 * 24 * 3600).map(lambda s: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(seconds=s))


@given(windows, st.sampled_from(ZONES), instants)
def test_the_next_opening_is_open_and_not_before(hours: Window, zone: str, instant: datetime) -> None:
    opening = next_open(hours, zone, instant)
    if opening is not None:
        assert opening >= instant
        assert is_open(hours, zone, opening)


@given(windows, st.sampled_from(ZONES), instants)
def test_no_minute_before_the_next_opening_is_open(hours: Window, zone: str, instant: datetime) -> None:
    opening = next_open(hours, zone, instant)
    first = first_open_minute(hours, zone, instant)
    if first is None:
        assert opening is None or opening > instant + timedelta(days=1) - timedelta(minutes=1)
    else:
        assert opening is not None
        assert opening <= first


def first_open_minute(hours: Window, zone: str, instant: datetime) -> datetime | None:
    """The slow and plain way: looks at every minute of a day."""
    looks = (instant + timedelta(minutes=step) for step in range(24 * 60))
    return next((look for look in looks if is_open(hours, zone, look)), None)


@given(windows, st.sampled_from(ZONES), instants)
def test_a_window_with_a_weekday_opens_within_nine_days(hours: Window, zone: str, instant: datetime) -> None:
    """A week, and the days that a change of the clocks may take the window away."""
    opening = next_open(hours, zone, instant)
    longer_than_a_skipped_hour = (hours.ends - hours.starts) % 1440 == 0 or (hours.ends - hours.starts) % 1440 > 60
    if zone != "Pacific/Apia" and longer_than_a_skipped_hour:
        assert opening is not None
        assert opening - instant <= timedelta(days=9)
