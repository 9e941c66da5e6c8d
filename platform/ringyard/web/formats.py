"""How values are written on pages: times in the workspace's zone, durations, numbers in the reader's locale."""

from collections.abc import Mapping
from datetime import date as day
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import pass_context
from jinja2.runtime import Context

from ringyard.kit.clock import now
from ringyard.kit.phone import spaced
from ringyard.kit.text import _, language, ngettext
from tenants.context import NoTenant, current

NOTHING = "—"


def workspace_values() -> dict[str, Any]:
    """The workspace, for templates; None on the apex."""
    try:
        return {"workspace": current()}
    except NoTenant:
        return {"workspace": None}


def zone() -> ZoneInfo:
    """The workspace's time zone; UTC outside one."""
    try:
        return ZoneInfo(current().timezone)
    except NoTenant:
        return ZoneInfo("UTC")


@pass_context
def when(context: Context, at: datetime | None) -> str:
    """Date and time to the minute."""
    if at is None:
        return NOTHING
    local = at.astimezone(zone())
    return f"{_day(local.date(), language())}, {local:%H:%M}"


@lru_cache(maxsize=4_000)
def _day(local: day, locale: str) -> str:
    return str(format_date(local, "d MMM y", locale=locale))


@pass_context
def date(context: Context, at: datetime | day | None) -> str:
    if at is None:
        return NOTHING
    local = at.astimezone(zone()) if isinstance(at, datetime) else at
    return _day(local, language())


@pass_context
def time(context: Context, at: datetime | None) -> str:
    return format_time(at, "HH:mm:ss", tzinfo=zone(), locale=language()) if at else NOTHING


@pass_context
def iso(context: Context, at: datetime | None) -> str:
    return at.isoformat() if at else ""


@pass_context
def ago(context: Context, at: datetime | None) -> str:
    """How long since, in the largest whole unit."""
    if at is None:
        return NOTHING
    seconds = int((now() - at).total_seconds())
    if seconds < 60:
        return _("just now")
    if seconds < 3600:
        return ngettext("{n} minute ago", "{n} minutes ago", seconds // 60)
    if seconds < 86400:
        return ngettext("{n} hour ago", "{n} hours ago", seconds // 3600)
    return ngettext("{n} day ago", "{n} days ago", seconds // 86400)


@pass_context
def duration(context: Context, seconds: float | None) -> str:
    """1:05, or 2:01:05 from an hour on."""
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@pass_context
def number(context: Context, value: float | None) -> str:
    return NOTHING if value is None else str(format_decimal(value, locale=language()))


@pass_context
def percent(context: Context, share: float | None) -> str:
    """A share of 0 to 1 with one decimal."""
    return NOTHING if share is None else str(format_percent(share, "0.0%", locale=language()))


@pass_context
def phone(context: Context, e164: str) -> str:
    """A telephone number with its digits grouped."""
    return spaced(e164)


@pass_context
def country(context: Context, region: str) -> str:
    """A country's name in the reader's language for its two letters; any other region as it is written."""
    return str(_territories(language()).get(region.upper(), region)) if len(region) == 2 else region


@lru_cache
def _territories(locale: str) -> Mapping[str, str]:
    return Locale.parse(locale).territories


@pass_context
def local_date(context: Context, text: str) -> str:
    """A date that is kept as text, `2026-11-22`; anything else as it is written."""
    try:
        return str(format_date(day.fromisoformat(text), "d MMM y", locale=language()))
    except ValueError:
        return text


FILTERS = {
    "when": when,
    "date": date,
    "time": time,
    "iso": iso,
    "ago": ago,
    "duration": duration,
    "number": number,
    "percent": percent,
    "phone": phone,
    "country": country,
    "local_date": local_date,
}
