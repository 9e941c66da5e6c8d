"""Reading a base into a campaign: one target per contact, in slices; it may die anywhere and be run again.

Reading again takes in new contacts, and those whose card has got a number or another zone meanwhile.
"""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.plans import Plan
from tenants.context import current
from tenants.do_not_call.listed import listed_among

SLICE = 2_000
_FIRST = UUID(int=0)

_OF_BASE = "select id, timezone, status from contacts where base_id = $2 and id > $3 order by id limit $6"
_THESE = "select id, timezone, status from contacts where base_id = $2 and id = any ($3::uuid[]) order by id limit $6"

# The card's first number that is allowed, not known to be bad and on no do-not-call list decides the zone; without
# one the contact is done.
_ENROL = """
with slice as materialized (
    {slice}
), numbers as materialized (
    select a.contact_id, a.position, a.number, a.timezone,
           cardinality($4::text[]) = 0 or a.number like any ($4::text[]) as allowed
    from slice s join phones a on a.contact_id = s.id where not a.bad
), listed as materialized (
    {listed}
), usable as (
    select distinct on (contact_id) contact_id, position, timezone from numbers
    where allowed and number not in (select number from listed) order by contact_id, position
), known as (
    select contact_id, bool_or(allowed) as allowed from numbers group by contact_id
), chosen as (
    select s.id, s.status, u.position, coalesce(nullif(u.timezone, ''), nullif(s.timezone, ''), $5) as zone,
           k.contact_id is not null as has_number, coalesce(k.allowed, false) as allowed
    from slice s left join usable u on u.contact_id = s.id left join known k on k.contact_id = s.id
), placed as (
    insert into targets (campaign_id, contact_id, state, reason, zone, due_at, position)
    select $1, id,
           case when position is null or status in ('junk', 'do_not_call') then 'done' else 'waiting' end,
           case when status in ('junk', 'do_not_call') then status
                when not has_number then 'no_number'
                when not allowed then 'prefix_not_allowed'
                when position is null then 'do_not_call' else 'due' end,
           zone, now(), coalesce(position, 0)
    from chosen
    on conflict (campaign_id, contact_id) do update
        set state = excluded.state, reason = excluded.reason, zone = excluded.zone, position = excluded.position,
            due_at = case when targets.state = 'waiting' then targets.due_at else excluded.due_at end
        where targets.state = 'done' and targets.reason in ('no_number', 'prefix_not_allowed', 'do_not_call')
              and excluded.state = 'waiting'
           or targets.state = 'waiting' and targets.round = 0 and targets.zone <> excluded.zone
    returning contact_id, state
), queued as (
    update contacts set status = 'queued'
    where id in (select contact_id from placed where state = 'waiting') and status = 'new'
)
select id from slice order by id desc limit 1
"""
_LISTED = listed_among("array(select number from numbers)")
_ENROL_BASE, _ENROL_THESE = (_ENROL.format(slice=slice_, listed=_LISTED) for slice_ in (_OF_BASE, _THESE))


async def enrol_slice(plan: Plan, after: UUID | None) -> UUID | None:
    """Enrol the next contacts of the base after `after`; gives the last one looked at, None at the base's end."""
    last = await connection().fetchval(
        _ENROL_BASE, plan.id, plan.base_id, after or _FIRST, _patterns(plan), current().timezone, SLICE
    )
    return UUID(str(last)) if last else None


async def enrol_contacts(plan: Plan, ids: Sequence[UUID]) -> None:
    """These contacts, as far as they are in the campaign's base."""
    await connection().execute(
        _ENROL_THESE, plan.id, plan.base_id, list(ids), _patterns(plan), current().timezone, len(ids)
    )


def _patterns(plan: Plan) -> list[str]:
    return [prefix.replace("%", "") + "%" for prefix in plan.prefixes]


async def mark_enrolled(campaign_id: UUID) -> None:
    await connection().execute("update campaigns set enrolled_at = now() where id = $1", campaign_id)


async def to_enrol(base_id: UUID) -> list[UUID]:
    """Campaigns that must look at the base again because contacts came in."""
    rows = await connection().fetch(
        "update campaigns set enrolled_at = null where base_id = $1 and state in ('running', 'paused') returning id",
        base_id,
    )
    return [row["id"] for row in rows]
