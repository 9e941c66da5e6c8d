"""Figures of the dashboard: load now, today, per hour, per base. Inside an open workspace transaction.

"Today" and hours are the workspace's; a call counts at the time it was reserved. The answer rate (ASR) is answered
calls by ended ones (ITU-T E.411).
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec

from ringyard.kit.cache import cache
from ringyard.kit.db import connection
from tenants.campaigns.hours import day_start, zone_info
from tenants.context import current

HOURS = 12
T = TypeVar("T")


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """`made_before` is yesterday's figure up to the same time of day; times are in seconds."""

    live: int
    made: int
    answered: int
    ended: int
    talk_s: float
    made_before: int

    @property
    def answer_rate(self) -> float | None:
        """0 to 1; None without any ended call."""
        return self.answered / self.ended if self.ended else None

    @property
    def mean_talk_s(self) -> float | None:
        return self.talk_s / self.answered if self.answered else None

    @property
    def change(self) -> float | None:
        """Against yesterday, as a share: 0.12 is twelve per cent more."""
        return self.made / self.made_before - 1 if self.made_before else None


class Hour(msgspec.Struct, frozen=True):
    """One hour of the workspace's clock."""

    label: str
    made: int
    answered: int


class BaseLoad(msgspec.Struct, frozen=True, kw_only=True):
    """One base: its contacts, those already called in its campaigns, and today's calls."""

    id: UUID
    name: str
    contacts: int
    called: int
    made: int
    answered: int
    ended: int

    @property
    def answer_rate(self) -> float | None:
        return self.answered / self.ended if self.ended else None

    @property
    def progress(self) -> float:
        """0 to 1."""
        return min(1.0, self.called / self.contacts) if self.contacts else 0.0


_LOAD = """
select (select count(*) from calls where ended_at is null) as live,
       count(*) filter (where reserved_at >= $1) as made,
       count(*) filter (where reserved_at >= $1 and answered_at is not null and ended_at is not null) as answered,
       count(*) filter (where reserved_at >= $1 and ended_at is not null) as ended,
       coalesce(sum(talk_s) filter (where reserved_at >= $1), 0) as talk_s,
       count(*) filter (where reserved_at < $3) as made_before
from calls where reserved_at >= $2
"""
_HOURS = """
select date_trunc('hour', reserved_at, $2) as hour, count(*) as made,
       count(*) filter (where answered_at is not null) as answered
from calls where reserved_at >= $1 group by 1
"""
_BASES = """
select b.id, b.name,
       (select count(*) from contacts where base_id = b.id) as contacts,
       (select count(distinct t.contact_id) from targets t join campaigns c on c.id = t.campaign_id
        where c.base_id = b.id and t.last_result is not null) as called,
       coalesce(k.made, 0) as made, coalesce(k.answered, 0) as answered, coalesce(k.ended, 0) as ended
from bases b left join (
    select c.base_id, count(*) as made,
           count(*) filter (where k.answered_at is not null and k.ended_at is not null) as answered,
           count(*) filter (where k.ended_at is not null) as ended
    from calls k join campaigns c on c.id = k.campaign_id where k.reserved_at >= $1 group by 1) k on k.base_id = b.id
order by made desc, lower(b.name), b.id limit $2
"""


async def load(at: datetime) -> Load:
    """Now, and today so far; at most a second old."""
    return await _kept("load", 1, Load, lambda: _load(at))


async def _load(at: datetime) -> Load:
    today = day_start(current().timezone, at)
    yesterday = day_start(current().timezone, at, ahead=-1)
    [row] = await connection().fetch(_LOAD, today, yesterday, min(today, at - timedelta(days=1)))
    return Load(**row)


async def hours(at: datetime) -> list[Hour]:
    """The last `HOURS` hours, the running one last, empty ones with zeros; at most five seconds old."""
    return await _kept("hours", 5, list[Hour], lambda: _hours(at))


async def _hours(at: datetime) -> list[Hour]:
    zone = current().timezone
    first = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS)
    rows = await connection().fetch(_HOURS, first, zone)
    found = {row["hour"]: (row["made"], row["answered"]) for row in rows}
    return filled(found, zone, at)


def filled(found: dict[datetime, tuple[int, int]], zone: str, at: datetime) -> list[Hour]:
    """`found` by the instant at which an hour begins, so that the hour which comes twice a year is two bars."""
    instants = [at - timedelta(hours=ahead) for ahead in reversed(range(HOURS))]
    local = [moment.astimezone(zone_info(zone)).replace(minute=0, second=0, microsecond=0) for moment in instants]
    return [Hour(f"{hour:%H:%M}", *found.get(hour.astimezone(UTC), (0, 0))) for hour in local]


async def bases(at: datetime, limit: int = 20) -> list[BaseLoad]:
    """The bases with most calls today first; at most fifteen seconds old, since counting contacts reads them all."""
    return await _kept("bases", 15, list[BaseLoad], lambda: _bases(at, limit))


async def _bases(at: datetime, limit: int) -> list[BaseLoad]:
    rows = await connection().fetch(_BASES, day_start(current().timezone, at), limit)
    return [BaseLoad(**row) for row in rows]


async def _kept(name: str, seconds: int, kind: type[T], read: Callable[[], Awaitable[T]]) -> T:
    """These figures read many rows and every open page asks for them: the workspace's pages share one answer."""
    key = f"{current().schema}:stats:{name}"
    kept = await cache().get(key)
    if kept:
        return msgspec.json.decode(kept, type=kind)
    found = await read()
    await cache().set(key, msgspec.json.encode(found), ex=seconds)
    return found
