"""What an ended call does to its contact and its campaign, set-wise for a batch of them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.calls.lifecycle import Call
from tenants.campaigns.ending import note_silence, note_trunk, streak_after
from tenants.campaigns.plans import Plan
from tenants.campaigns.redial import Progress, Verdict, after_call

Closed = tuple[Call, Any, Plan | None]

_TARGETS = """
select t.campaign_id, t.contact_id, t.zone, t.position, t.round, t.day, t.calls_today, t.days_called,
       array(select p.position from phones p where p.contact_id = t.contact_id and not p.bad order by p.position)
           as positions,
       array(select p.number from phones p where p.contact_id = t.contact_id and not p.bad order by p.position)
           as numbers
from targets t join unnest($1::uuid[], $2::uuid[]) as v (campaign_id, contact_id)
     on t.campaign_id = v.campaign_id and t.contact_id = v.contact_id
where t.state = 'active'
order by t.campaign_id, t.contact_id
for update of t
"""
_SAVE = """
update targets t set
    state = v.state, reason = v.reason, due_at = v.due_at, position = v.position, round = v.round, day = v.day,
    calls_today = v.calls_today, days_called = v.days_called, last_result = v.result
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::date[],
            $9::int[], $10::int[], $11::text[])
     as v (campaign_id, contact_id, state, reason, due_at, position, round, day, calls_today, days_called, result)
where t.campaign_id = v.campaign_id and t.contact_id = v.contact_id
"""


async def close(ended: list[Closed]) -> None:
    """Contacts follow the redial rules; bad numbers are marked; silent trunks pause their campaign."""
    dialed = {(row["campaign_id"], row["contact_id"]): (call, row, plan) for call, row, plan in ended if plan}
    if not dialed:
        return
    await _mark_bad([row for call, row, _ in dialed.values() if call.result == "bad_number"])
    keys = sorted(key for key in dialed if key[1] is not None)
    targets = await connection().fetch(_TARGETS, [key[0] for key in keys], [key[1] for key in keys])
    decided = [(target, *_decide(target, dialed[target["campaign_id"], target["contact_id"]])) for target in targets]
    if decided:
        await _save(decided)
        await _contacts(decided)
    await _silence(ended)


def _decide(target: Any, closed: Closed) -> tuple[Verdict, str]:
    call, _row, plan = closed
    if plan is None or call.ended_at is None or call.result is None:
        raise ValueError("only ended calls of a campaign decide about a contact")
    return after_call(call.result, _progress(target, plan), plan.rules, target["zone"], call.ended_at), call.result


def _progress(target: Any, plan: Plan) -> Progress:
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
    )


async def _save(decided: list[tuple[Any, Verdict, str]]) -> None:
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


async def _contacts(decided: list[tuple[Any, Verdict, str]]) -> None:
    """A contact that is done here is done on its card too, or junk when nobody has its number."""
    done = [(target["contact_id"], verdict) for target, verdict, _ in decided if verdict.state == "done"]
    if done:
        await connection().execute(
            """update contacts c set status = v.status, modified_at = now()
               from unnest($1::uuid[], $2::text[]) as v (id, status)
               where c.id = v.id and c.status in ('new', 'queued', 'callback')""",
            [contact_id for contact_id, _ in done],
            ["junk" if verdict.reason == "junk" else "done" for _, verdict in done],
        )


async def _mark_bad(rows: list[Any]) -> None:
    if rows:
        await connection().execute(
            """update phones p set bad = true from unnest($1::uuid[], $2::text[]) as v (contact_id, number)
               where p.contact_id = v.contact_id and p.number = v.number""",
            [row["contact_id"] for row in rows],
            [row["number"] for row in rows],
        )


async def _silence(ended: list[Closed]) -> None:
    results: dict[UUID, list[str]] = defaultdict(list)
    plans: dict[UUID, Plan] = {}
    for call, _, plan in ended:
        if plan and call.result:
            results[plan.id].append(call.result)
            plans[plan.id] = plan
    for campaign_id, came in sorted(results.items()):
        before = plans[campaign_id].silent_streak
        streak = streak_after(before, came)
        await note_trunk(plans[campaign_id].trunk, streak)
        if streak != before:
            await note_silence(campaign_id, streak)
