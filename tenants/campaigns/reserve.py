"""Taking the next due contacts: one call row each, in one transaction, under the dial lease's number.

At most once lives here: the row's id becomes the channel's id, and only a committed row is ever originated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.hours import is_open
from tenants.campaigns.passing_over import BUSY_ELSEWHERE, WITH_AGENT, pass_listed, postpone
from tenants.campaigns.plans import Plan
from tenants.do_not_call.listed import listed_among


@dataclass(frozen=True, slots=True)
class Reservation:
    """A committed row of `calls` that is to be originated."""

    call_id: UUID
    contact_id: UUID
    number: str
    caller_id: str


_ZONES = """
with recursive zones as (
    (select zone from targets where campaign_id = $1 and state = 'waiting' order by zone limit 1)
    union all
    select (select t.zone from targets t where t.campaign_id = $1 and t.state = 'waiting' and t.zone > z.zone
            order by t.zone limit 1)
    from zones z where z.zone is not null
)
select zone from zones where zone is not null
"""


async def open_zones(plan: Plan, at: datetime) -> list[str]:
    """The time zones of waiting contacts in which the scenario may call at `at`."""
    rows = await connection().fetch(_ZONES, plan.id)
    return [row["zone"] for row in rows if is_open(plan.hours, row["zone"], at)]


async def next_due(plan: Plan, zones: list[str]) -> datetime | None:
    """When the first waiting contact of these zones is due (it may be past)."""
    return await connection().fetchval(  # type: ignore[no-any-return]
        """select min(first.due_at) from unnest($2::text[]) as z (zone) cross join lateral (
               select due_at from targets where campaign_id = $1 and zone = z.zone and state = 'waiting'
               order by due_at limit 1) first""",
        plan.id,
        zones,
    )


_PICK = f"""
with fence as materialized (
    select 1 from dial_fence where number = $1 for share
), live as materialized (
    select 1 from campaigns where id = $2 and state = 'running'
), picked as materialized (
    select t.contact_id, t.due_at, t.position
    from unnest($3::text[]) as z (zone)
    cross join lateral (
        select contact_id, due_at, position from targets
        where campaign_id = $2 and zone = z.zone and state = 'waiting' and due_at <= $4
        order by due_at, contact_id limit $5 for update skip locked) t
    where exists (select 1 from fence) and exists (select 1 from live)
    order by t.due_at, t.contact_id
    limit $5
), cards as materialized (
    select t.contact_id, t.due_at, c.status, p.number, coalesce(p.bad, true) as bad
    from picked t
    join contacts c on c.id = t.contact_id
    left join phones p on p.contact_id = t.contact_id and p.position = t.position
), listed as materialized (
    {listed_among("array(select number from cards where number is not null)")}
)
select t.contact_id, t.due_at, t.status, t.number, t.bad, t.number in (select number from listed) as listed,
       exists (select 1 from handouts h where h.contact_id = t.contact_id) as handed,
       exists (select 1 from targets o where o.contact_id = t.contact_id and o.state = 'active') as busy
from cards t
order by t.due_at, t.contact_id
"""


async def reserve(
    plan: Plan, zones: list[str], ids: Sequence[UUID], fence: int, node: str, at: datetime
) -> list[Reservation]:
    """Reserve up to `len(ids)` due contacts. Nothing under an old fence, or once the campaign no longer runs."""
    rows = await connection().fetch(_PICK, fence, plan.id, zones, at, len(ids))
    await _close_uncallable([row for row in rows if _blocked(row)], plan.id)
    ready = [row for row in rows if not _blocked(row)]
    free = await _without_passed_over(plan, ready, at)
    if not free:
        return []
    return await _insert(plan, list(zip(ids, free, strict=False)), fence, node, at)


async def _without_passed_over(plan: Plan, ready: list[Any], at: datetime) -> list[Any]:
    """Each reason to pass a contact over is looked at in this order; those that have none are called."""
    await pass_listed(plan, [row["contact_id"] for row in ready if row["listed"]], at)
    callable_ = [row for row in ready if not row["listed"]]
    handed = [row["contact_id"] for row in callable_ if row["handed"]]
    await postpone(plan.id, handed, "reserved", at + WITH_AGENT)
    busy = [row["contact_id"] for row in callable_ if row["busy"] and not row["handed"]]
    await postpone(plan.id, busy, "duplicate_active", at + BUSY_ELSEWHERE)
    return [row for row in callable_ if not row["handed"] and not row["busy"]]


def _blocked(row: Any) -> str | None:
    if row["status"] in ("do_not_call", "junk"):
        return str(row["status"])
    return "no_number" if row["bad"] else None


async def _close_uncallable(rows: list[Any], campaign_id: UUID) -> None:
    if rows:
        await connection().execute(
            """update targets t set state = 'done', reason = v.reason
               from unnest($2::uuid[], $3::text[]) as v (contact_id, reason)
               where t.campaign_id = $1 and t.contact_id = v.contact_id""",
            campaign_id,
            [row["contact_id"] for row in rows],
            [_blocked(row) for row in rows],
        )


_INSERT = """
with taken as (
    update targets set state = 'active', reason = 'in_call'
    where campaign_id = $1 and contact_id = any ($3::uuid[])
)
insert into calls
    (id, campaign_id, contact_id, number, queued_at, trunk_id, caller_id, node, fence, record, reserved_at)
select v.id, $1, v.contact_id, v.number, v.due_at, $6, $7, $8, $9, $10, $11
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) as v (id, contact_id, number, due_at)
"""


async def _insert(plan: Plan, pairs: list[tuple[UUID, Any]], fence: int, node: str, at: datetime) -> list[Reservation]:
    caller_id = plan.shown_caller_id
    await connection().execute(
        _INSERT,
        plan.id,
        [call_id for call_id, _ in pairs],
        [row["contact_id"] for _, row in pairs],
        [row["number"] for _, row in pairs],
        [row["due_at"] for _, row in pairs],
        plan.trunk.id,
        caller_id,
        node,
        fence,
        plan.record,
        at,
    )
    return [Reservation(call_id, row["contact_id"], row["number"], caller_id) for call_id, row in pairs]


async def unreserve(ids: Sequence[UUID]) -> None:
    """Take back reservations of which no node has seen anything: the rows go, the contacts are due as before."""
    await connection().execute(
        """with gone as (
               delete from calls where id = any ($1::uuid[]) and state = 'reserved'
               returning campaign_id, contact_id, queued_at)
           update targets t set state = 'waiting', reason = 'due', due_at = gone.queued_at
           from gone
           where t.campaign_id = gone.campaign_id and t.contact_id = gone.contact_id and t.state = 'active'""",
        list(ids),
    )


async def next_fence() -> int:
    """A new number for a dial lease; reservations under all older ones are refused from the commit on."""
    return int(await connection().fetchval("update dial_fence set number = number + 1 returning number"))
