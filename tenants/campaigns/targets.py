"""Targets as the redial rules see them, and what was decided about them, set-wise. Inside a workspace transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.plans import Plan
from tenants.campaigns.redial import Progress, Verdict
from tenants.do_not_call.listed import listed_among

# A card's numbers without the bad ones and without those on a do-not-call list.
_TARGETS = f"""
with numbers as materialized (
    select contact_id, position, number from phones where contact_id = any ($2::uuid[]) and not bad
), listed as materialized (
    {listed_among("array(select number from numbers)")}
), told as (
    select contact_id, position, number, number in (select number from listed) as listed from numbers
), cards as (
    select contact_id, array_agg(position order by position) filter (where not listed) as positions,
           array_agg(number order by position) filter (where not listed) as numbers, bool_or(listed) as listed
    from told group by contact_id
)
select t.campaign_id, t.contact_id, t.zone, t.position, t.round, t.day, t.calls_today, t.days_called,
       coalesce(c.positions, '{{}}') as positions, coalesce(c.numbers, '{{}}') as numbers,
       coalesce(c.listed, false) as listed
from targets t join unnest($1::uuid[], $2::uuid[]) as v (campaign_id, contact_id)
     on t.campaign_id = v.campaign_id and t.contact_id = v.contact_id
     left join cards c on c.contact_id = t.contact_id
where t.state = $3
order by t.campaign_id, t.contact_id
for update of t
"""
_SAVE = """
update targets t set
    state = v.state, reason = v.reason, due_at = v.due_at, position = v.position, round = v.round, day = v.day,
    calls_today = v.calls_today, days_called = v.days_called, last_result = coalesce(v.result, t.last_result)
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::date[],
            $9::int[], $10::int[], $11::text[])
     as v (campaign_id, contact_id, state, reason, due_at, position, round, day, calls_today, days_called, result)
where t.campaign_id = v.campaign_id and t.contact_id = v.contact_id
"""
Decided = tuple[Any, Verdict, str | None]
"""A target, what becomes of it, and the result of the call that decided it."""


async def locked_targets(keys: Sequence[tuple[UUID, UUID]], state: str) -> list[Any]:
    """Targets by (campaign, contact) that are in this state, with the numbers of their cards that may be called."""
    return list(await connection().fetch(_TARGETS, [key[0] for key in keys], [key[1] for key in keys], state))


def progress_of(target: Any, plan: Plan) -> Progress:
    allowed = (
        position
        for position, number in zip(target["positions"], target["numbers"], strict=True)
        if not plan.prefixes or number.startswith(plan.prefixes)
    )
    return Progress(
        positions=tuple(allowed),
        position=target["position"],
        round=target["round"],
        day=target["day"],
        calls_today=target["calls_today"],
        days_called=target["days_called"],
        listed=target["listed"],
    )


async def save_verdicts(decided: Sequence[Decided]) -> None:
    await connection().execute(
        _SAVE,
        [target["campaign_id"] for target, _, _ in decided],
        [target["contact_id"] for target, _, _ in decided],
        [verdict.state for _, verdict, _ in decided],
        [verdict.reason for _, verdict, _ in decided],
        [verdict.due_at for _, verdict, _ in decided],
        [verdict.progress.position for _, verdict, _ in decided],
        [verdict.progress.round for _, verdict, _ in decided],
        [verdict.progress.day for _, verdict, _ in decided],
        [verdict.progress.calls_today for _, verdict, _ in decided],
        [verdict.progress.days_called for _, verdict, _ in decided],
        [result for _, _, result in decided],
    )
