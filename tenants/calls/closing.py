"""What an ended call does to its contact and its campaign, set-wise for a batch of them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.calls.lifecycle import Call
from tenants.campaigns.ending import note_silence, note_trunk, streak_after
from tenants.campaigns.plans import Plan
from tenants.campaigns.redial import Verdict, after_call
from tenants.campaigns.targets import locked_targets, progress_of, save_verdicts

Closed = tuple[Call, Any, Plan | None]

# With its line in the audit; a contact may be done in two campaigns at once.
_FINISH = """
with wanted as materialized (
    select c.id, c.status as before, v.status as after
    from (select id, min(status) as status from unnest($1::uuid[], $2::text[]) as u (id, status) group by id) v
    join contacts c on c.id = v.id
    where c.status in ('new', 'queued', 'callback') order by c.id for update of c
), moved as (
    update contacts c set status = w.after, modified_at = now() from wanted w where c.id = w.id
)
insert into changes (contact_id, source, before, after)
select id, 'dialer', jsonb_build_object('status', before), jsonb_build_object('status', after) from wanted
"""


async def close(ended: list[Closed]) -> None:
    """Contacts follow the redial rules; bad numbers are marked; silent trunks pause their campaign."""
    dialed = {(row["campaign_id"], row["contact_id"]): (call, row, plan) for call, row, plan in ended if plan}
    if not dialed:
        return
    await _mark_bad([row for call, row, _ in dialed.values() if call.result == "bad_number"])
    keys = sorted(key for key in dialed if key[1] is not None)
    targets = await locked_targets(keys, "active")
    decided = [(target, *_decide(target, dialed[target["campaign_id"], target["contact_id"]])) for target in targets]
    if decided:
        await save_verdicts(decided)
        await _contacts(decided)
    await _silence(ended)


def _decide(target: Any, closed: Closed) -> tuple[Verdict, str]:
    call, _row, plan = closed
    if plan is None or call.ended_at is None or call.result is None:
        raise ValueError("only ended calls of a campaign decide about a contact")
    return after_call(call.result, progress_of(target, plan), plan.rules, target["zone"], call.ended_at), call.result


async def _contacts(decided: list[tuple[Any, Verdict, str]]) -> None:
    """A contact that is done here is done on its card too, or junk when nobody has its number."""
    done = [(target["contact_id"], verdict) for target, verdict, _ in decided if verdict.state == "done"]
    if done:
        await connection().execute(
            _FINISH,
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
