"""When a scenario may call: hours and weekdays, always in the called person's own time zone. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = 24 * 60
SEARCHED_DAYS = 16
"""Two weeks: a change of the clocks may take away the only window of one."""


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes after local midnight and ISO weekdays. `ends` before `starts` runs past midnight; equal is all day."""

    starts: int
    ends: int
    weekdays: frozenset[int]


def minutes(text: str) -> int:
    """`"09:30"` as minutes after midnight; `"24:00"` is the day's end. Raises ValueError."""
    hour, _, minute = text.partition(":")
    value = int(hour) * 60 + int(minute)
    if len(text) != 5 or not 0 <= int(minute) < 60 or not 0 <= value <= DAY:
        raise ValueError(text)
    return value


def window(starts_at: str, ends_at: str, weekdays: list[int]) -> Window:
    return Window(minutes(starts_at) % DAY, minutes(ends_at), frozenset(weekdays))


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo:
    """A zone by its IANA name; UTC for one that is unknown here."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_open(hours: Window, zone: str, at: datetime) -> bool:
    """Whether a person in `zone` may be called at the instant `at`."""
    local = at.astimezone(zone_info(zone))
    minute, today = local.hour * 60 + local.minute, local.isoweekday()
    if _all_day(hours):
        return today in hours.weekdays
    if hours.starts < hours.ends:
        return today in hours.weekdays and hours.starts <= minute < hours.ends
    yesterday = (today - 2) % 7 + 1
    return (today in hours.weekdays and minute >= hours.starts) or (yesterday in hours.weekdays and minute < hours.ends)


def next_open(hours: Window, zone: str, at: datetime) -> datetime | None:
    """The first instant from `at` on, in UTC, at which the window is open; None if it never is."""
    if is_open(hours, zone, at):
        return at
    for ahead in range(SEARCHED_DAYS):
        for opening in _openings(hours, zone, day_start(zone, at, ahead), day_start(zone, at, ahead + 1)):
            if opening > at and is_open(hours, zone, opening):
                return opening
    return None


def day_start(zone: str, at: datetime, ahead: int = 0) -> datetime:
    """Local midnight of the day of `at`, `ahead` days later, in UTC."""
    day = at.astimezone(zone_info(zone)).date() + timedelta(days=ahead)
    return datetime.combine(day, time.min, zone_info(zone)).astimezone(UTC)


def _openings(hours: Window, zone: str, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """Instants of one local day (in UTC) at which the window may open, in order.

    On the two days a year on which the clocks change that may be any minute: hours are skipped or come twice.
    """
    info = zone_info(zone)
    if begins.astimezone(info).utcoffset() == ends.astimezone(info).utcoffset():
        starts = 0 if _all_day(hours) else hours.starts
        yield begins + timedelta(minutes=starts)
    else:
        for minute in range(round((ends - begins).total_seconds() / 60)):
            yield begins + timedelta(minutes=minute)


def _all_day(hours: Window) -> bool:
    return hours.starts == hours.ends % DAY
