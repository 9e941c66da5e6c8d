"""The demo's two campaigns: one finished, with its past written as rows, and one that always runs.

Inside an open workspace transaction, except that jobs go out after its commit.
"""

import math
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import soundfile

from pbx import sounds
from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.ids import new_id
from ringyard.local.demo_history import Past, past_of, reason_of
from tenants.campaigns.fields import CampaignFields
from tenants.campaigns.hours import zone_info
from tenants.campaigns.moving import move
from tenants.campaigns.service import create_campaign
from tenants.context import current
from tenants.files import new_key

FINISHED = "Solar offer — October"
RUNNING = "Renewal reminder"
RECORDED = 60
_CALL = (
    "id", "campaign_id", "contact_id", "trunk_id", "number", "caller_id", "node", "state", "result", "cause",
    "sip_code", "queued_at", "reserved_at", "originated_at", "ringing_at", "answered_at", "ended_at", "talk_s",
    "billed_s", "recording_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """A contact with its calls, oldest first, each with its id."""

    contact_id: UUID
    number: str
    zone: str
    calls: list[tuple[UUID, Past]]


async def keep_one_running(base_id: UUID, scenario_id: UUID, trunk_id: UUID) -> None:
    """Start the demo's campaign; once it has finished, a new one over the same base. A stopped one stays."""
    last = await connection().fetchrow(
        "select id, state, pause_reason from campaigns where name like $1 || '%' order by id desc limit 1", RUNNING
    )
    if last is None or last["state"] == "finished":
        runs = await connection().fetchval("select count(*) from campaigns where name like $1 || '%'", RUNNING)
        fields = CampaignFields(
            name=f"{RUNNING} {runs + 1}", base_id=base_id, scenario_id=scenario_id, trunk_id=trunk_id, max_channels=40
        )
        await move((await create_campaign(fields)).id, "start")
    elif last["state"] == "paused" and last["pause_reason"]:
        await move(last["id"], "resume")


async def finished_campaign(base_id: UUID, scenario_id: UUID, trunk_id: UUID) -> None:
    """A campaign that ended an hour ago, with a day and a half of calls; made once."""
    if await connection().fetchval("select exists (select from campaigns where name = $1)", FINISHED):
        return
    fields = CampaignFields(
        name=FINISHED, base_id=base_id, scenario_id=scenario_id, trunk_id=trunk_id, max_channels=30, record=True
    )
    campaign = await create_campaign(fields)
    past = await _past(base_id)
    recorded = _recorded(past)
    await _write_calls(campaign.id, trunk_id, past, recorded)
    await _write_recordings(recorded)
    await _write_targets(campaign.id, past)
    await _close(campaign.id)


async def _past(base_id: UUID) -> list[Called]:
    dice, until, zone = random.Random(7), now() - timedelta(minutes=50), zone_info(current().timezone)
    rows = await connection().fetch(
        """select c.id, p.number, c.timezone from contacts c join phones p on p.contact_id = c.id and p.position = 0
           where c.base_id = $1 order by p.number""",
        base_id,
    )
    return [
        Called(
            row["id"],
            row["number"],
            row["timezone"] or current().timezone,
            [(new_id(), call) for call in past_of(row["number"], dice, until, zone)],
        )
        for row in rows
    ]


def _recorded(past: list[Called]) -> dict[UUID, UUID]:
    """Recording by call: the newest answered calls have one."""
    answered = [(call.begun_at, call_id) for one in past for call_id, call in one.calls if call.result == "answered"]
    return {call_id: new_id() for _, call_id in sorted(answered, reverse=True)[:RECORDED]}


async def _write_calls(campaign_id: UUID, trunk_id: UUID, past: list[Called], recorded: dict[UUID, UUID]) -> None:
    await connection().copy_records_to_table(
        "calls",
        columns=_CALL,
        records=[
            (
                call_id, campaign_id, one.contact_id, trunk_id, one.number, "+48221234567", "demo", "ended",
                call.result, call.cause, call.sip_code, call.begun_at, call.begun_at, call.begun_at,
                call.begun_at + timedelta(seconds=0.2) if call.rang else None,
                call.known_at if call.was_answered else None, call.ended_at, call.talk_s, math.ceil(call.talk_s),
                recorded.get(call_id),
            )
            for one in past for call_id, call in one.calls
        ],
    )  # fmt: skip


async def _write_recordings(recorded: dict[UUID, UUID]) -> None:
    """What was recorded is the message that was played: one file for all."""
    wav = sounds.DEFAULT.read_bytes()
    length_s = soundfile.info(sounds.DEFAULT).duration
    key = new_key("recordings", new_id())
    await store.put(key, _once(wav), len(wav))
    await connection().executemany(
        """insert into recordings (id, call_id, file_key, content_type, size, duration_s)
           values ($1, $2, $3, $4, $5, $6)""",
        [(recording_id, call_id, key, "audio/wav", len(wav), length_s) for call_id, recording_id in recorded.items()],
    )


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _write_targets(campaign_id: UUID, past: list[Called]) -> None:
    await connection().copy_records_to_table(
        "targets",
        columns=("campaign_id", "contact_id", "state", "reason", "zone", "due_at", "round", "last_result"),
        records=[
            (campaign_id, one.contact_id, "done", reason_of(last), one.zone, last.ended_at, len(one.calls), last.result)
            for one in past
            for _, last in one.calls[-1:]
        ],
    )


async def _close(campaign_id: UUID) -> None:
    """The campaign's own dates, and the cards of its contacts, follow from the calls."""
    await connection().execute(
        """update campaigns c set state = 'finished', started_at = k.began, enrolled_at = k.began, finished_at = k.ended
           from (select min(reserved_at) as began, max(ended_at) as ended from calls where campaign_id = $1) k
           where c.id = $1""",
        campaign_id,
    )
    await connection().execute(
        """update contacts c
           set status = case when t.reason = 'junk' then 'junk' else 'done' end, modified_at = t.due_at
           from targets t where t.campaign_id = $1 and t.contact_id = c.id""",
        campaign_id,
    )
    await connection().execute(
        """update phones p set bad = true from targets t
           where t.campaign_id = $1 and t.reason = 'junk' and p.contact_id = t.contact_id""",
        campaign_id,
    )
