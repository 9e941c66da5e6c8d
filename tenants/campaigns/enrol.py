"""Reading a base into a campaign: one target per contact, in slices; it may die anywhere and be run again.

Reading again takes in new contacts, and those whose card has got a number or another zone meanwhile.
"""

from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.plans import Plan
from tenants.context import current

SLICE = 2_000
_FIRST = UUID(int=0)

# The card's first number that is allowed and not known to be bad decides the zone; without one the contact is done.
_ENROL = """
with slice as (
    select id, timezone, status from contacts where base_id = $2 and id > $3 order by id limit $6
), chosen as (
    select s.id, s.status, p.position, coalesce(nullif(p.timezone, ''), nullif(s.timezone, ''), $5) as zone,
           exists (select 1 from phones a where a.contact_id = s.id and not a.bad) as has_number
    from slice s left join lateral (
        select position, timezone from phones a
        where a.contact_id = s.id and not a.bad and (cardinality($4::text[]) = 0 or a.number like any ($4::text[]))
        order by position limit 1) p on true
), placed as (
    insert into targets (campaign_id, contact_id, state, reason, zone, due_at, position)
    select $1, id,
           case when position is null or status in ('junk', 'do_not_call') then 'done' else 'waiting' end,
           case when status in ('junk', 'do_not_call') then status
                when not has_number then 'no_number'
                when position is null then 'prefix_not_allowed' else 'due' end,
           zone, now(), coalesce(position, 0)
    from chosen
    on conflict (campaign_id, contact_id) do update
        set state = excluded.state, reason = excluded.reason, zone = excluded.zone, position = excluded.position,
            due_at = case when targets.state = 'waiting' then targets.due_at else excluded.due_at end
        where targets.state = 'done' and targets.reason in ('no_number', 'prefix_not_allowed')
              and excluded.state = 'waiting'
           or targets.state = 'waiting' and targets.round = 0 and targets.zone <> excluded.zone
    returning contact_id, state
), queued as (
    update contacts set status = 'queued'
    where id in (select contact_id from placed where state = 'waiting') and status = 'new'
)
select id from slice order by id desc limit 1
"""


async def enrol_slice(plan: Plan, after: UUID | None) -> UUID | None:
    """Enrol the next contacts of the base after `after`; gives the last one looked at, None at the base's end."""
    patterns = [prefix.replace("%", "") + "%" for prefix in plan.prefixes]
    last = await connection().fetchval(
        _ENROL, plan.id, plan.base_id, after or _FIRST, patterns, current().timezone, SLICE
    )
    return UUID(str(last)) if last else None


async def mark_enrolled(campaign_id: UUID) -> None:
    await connection().execute("update campaigns set enrolled_at = now() where id = $1", campaign_id)


async def to_enrol(base_id: UUID) -> list[UUID]:
    """Campaigns that must look at the base again because contacts came in."""
    rows = await connection().fetch(
        "update campaigns set enrolled_at = null where base_id = $1 and state in ('running', 'paused') returning id",
        base_id,
    )
    return [row["id"] for row in rows]
