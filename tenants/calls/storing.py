"""Storing what the network did: a batch of events of one workspace, in the transaction that is open.

The rows are locked, the pure lifecycle decides, one statement writes; ended calls then decide what becomes of their
contacts (closing.py). Events that came before change nothing.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.calls.closing import close
from tenants.calls.lifecycle import Call, Effect, Event, State, step
from tenants.campaigns import plans
from tenants.campaigns.plans import Plan
from tenants.events import emit_many
from tenants.jobs import enqueue


@dataclass(frozen=True, slots=True)
class Stored:
    """A call after the batch, with what is to be done about it now that it is stored."""

    call: Call
    row: Any
    plan: Plan | None
    effects: tuple[Effect, ...]


_LOAD = """
select id, campaign_id, contact_id, agent_id, trunk_id, number, caller_id, node, record, state, originated_at,
       ringing_at, answered_at, bridged_at, ended_at, result, cause, sip_code
from calls where id = any ($1::uuid[]) order by id for update
"""
_SAVE = """
update calls c set
    state = v.state, originated_at = v.originated_at, ringing_at = v.ringing_at, answered_at = v.answered_at,
    bridged_at = v.bridged_at, ended_at = v.ended_at, result = v.result, cause = v.cause, sip_code = v.sip_code,
    talk_s = v.talk_s, billed_s = ceil(v.talk_s)::int
from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
            $7::timestamptz[], $8::text[], $9::int[], $10::int[], $11::double precision[])
     as v (id, state, originated_at, ringing_at, answered_at, bridged_at, ended_at, result, cause, sip_code, talk_s)
where c.id = v.id
"""


async def store(events: list[Event]) -> list[Stored]:
    """Apply the events, oldest first; gives every call that changed. Calls unknown here are passed over."""
    rows = {row["id"]: row for row in await connection().fetch(_LOAD, sorted({event.call_id for event in events}))}
    known = await plans.by_id(sorted({row["campaign_id"] for row in rows.values() if row["campaign_id"]}))
    calls = {key: _call(row, known.get(row["campaign_id"])) for key, row in rows.items()}
    changed = _fold(calls, events)
    await _save([calls[call_id] for call_id in changed])
    stored = [
        Stored(calls[call_id], rows[call_id], known.get(rows[call_id]["campaign_id"]), effects)
        for call_id, effects in changed.items()
    ]
    await close([(one.call, one.row, one.plan) for one in stored if Effect.CLOSE in one.effects])
    _keep_recordings(stored)
    emit_many([(f"call.{one.call.state}", _told(one)) for one in stored])
    return stored


def _fold(calls: dict[UUID, Call], events: list[Event]) -> dict[UUID, tuple[Effect, ...]]:
    changed: dict[UUID, tuple[Effect, ...]] = {}
    for event in events:
        call = calls.get(event.call_id)
        if call is None:
            continue
        after, effects = step(call, event)
        if after != call or effects:
            calls[event.call_id] = after
            changed[event.call_id] = changed.get(event.call_id, ()) + effects
    return changed


async def _save(calls: list[Call]) -> None:
    if calls:
        await connection().execute(
            _SAVE,
            [call.id for call in calls],
            [call.state.value for call in calls],
            [call.originated_at for call in calls],
            [call.ringing_at for call in calls],
            [call.answered_at for call in calls],
            [call.bridged_at for call in calls],
            [call.ended_at for call in calls],
            [call.result for call in calls],
            [call.cause for call in calls],
            [call.sip_code for call in calls],
            [call.talk_s for call in calls],
        )


def _call(row: Any, plan: Plan | None) -> Call:
    return Call(
        id=row["id"],
        state=State(row["state"]),
        needs_person=plan is not None and plan.needs_person,
        originated_at=row["originated_at"],
        ringing_at=row["ringing_at"],
        answered_at=row["answered_at"],
        bridged_at=row["bridged_at"],
        ended_at=row["ended_at"],
        result=row["result"],
        cause=row["cause"],
        sip_code=row["sip_code"],
    )


def _keep_recordings(stored: list[Stored]) -> None:
    for one in stored:
        if Effect.CLOSE in one.effects and one.row["record"] and one.call.answered_at:
            enqueue("keep_recording", call_id=str(one.call.id))


def _told(one: Stored) -> dict[str, object]:
    return {
        "call_id": one.call.id,
        "campaign_id": one.row["campaign_id"],
        "contact_id": one.row["contact_id"],
        "result": one.call.result,
    }
