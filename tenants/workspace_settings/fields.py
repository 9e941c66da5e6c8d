"""How much an agent may be handed at one time, and when what was not dialed goes back. Pure."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.campaigns.hours import DAY, minutes
from tenants.names import range_problems

LEAST, MOST = 1, 500


class DialingLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`release_at` is `HH:MM` by the workspace's clock."""

    numbers_at_once: int = 20
    release: bool = True
    release_at: str = "20:00"


class LimitsChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    numbers_at_once: Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)] | UnsetType = UNSET
    release: bool | UnsetType = UNSET
    release_at: str | UnsetType = UNSET


def problems(limits: DialingLimits) -> list[FieldError]:
    found = range_problems("numbers_at_once", limits.numbers_at_once, LEAST, MOST)
    try:
        if minutes(limits.release_at) < DAY:
            return found
    except ValueError:
        pass
    return [*found, FieldError("release_at", _("Write the time as HH:MM, for example 20:00."))]


def last_release(limits: DialingLimits, zone: str, at: datetime) -> datetime | None:
    """The latest moment up to `at`, in UTC, at which undialed numbers went back; None where they are kept."""
    if not limits.release:
        return None
    clock = ZoneInfo(zone)
    hour, minute = divmod(minutes(limits.release_at), 60)
    today = at.astimezone(clock).date()
    moments = (
        datetime.combine(today - timedelta(days=back), time(hour, minute), clock).astimezone(UTC) for back in (0, 1, 2)
    )
    return next(moment for moment in moments if moment <= at)
