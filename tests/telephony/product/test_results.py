"""Every row of the outcome table through the whole product: the call's result, and what becomes of the contact."""

import asyncio
from collections import Counter
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from ringyard.kit.clock import now
from tenants.campaigns.ending import SILENT_LIMIT
from tests.support.customers import Campaign, Customer, numbers
from tests.support.sip_peers import Peer, peer, silent_peer

REFUSALS = {
    486: "busy",
    600: "busy",
    603: "rejected",
    403: "rejected",
    480: "unavailable",
    503: "congestion",
    500: "network",
    488: "network",
}
BAD_NUMBERS = (404, 410, 484)
INTERVAL_MIN = 30


async def ended(acme: Customer, far_end: AbstractContextManager[Peer]) -> tuple[Campaign, Any, Any]:
    """A campaign that allows one redial, after its one contact's first call: with that call and the target."""
    with far_end as trunk:
        campaign = await acme.campaign(numbers(1), trunk, redials=1, redial_after_min=INTERVAL_MIN)
        await campaign.until_calls(1)
        answer = await acme.client.post(f"/campaigns/{campaign.id}/stop")
        assert answer.status_code in (200, 409), "stopped, or finished by itself"
    calls, targets = await campaign.calls(), await campaign.targets()
    assert (len(calls), len(targets)) == (1, 1), await campaign.picture()
    return campaign, calls[0], targets[0]


async def test_refusals_end_with_the_result_of_their_code_and_the_contact_is_tried_again_later(acme: Customer) -> None:
    ends = await asyncio.gather(*(ended(acme, peer("refuses", code=code)) for code in REFUSALS))
    assert {call["sip_code"]: call["result"] for _, call, _ in ends} == REFUSALS
    for _, call, target in ends:
        assert (target["state"], target["reason"], target["status"]) == ("waiting", "scheduled", "queued")
        assert (target["round"], target["calls_today"], target["last_result"]) == (1, 1, call["result"])
        assert target["due_at"] == call["ended_at"] + timedelta(minutes=INTERVAL_MIN)


async def test_a_number_that_nobody_has_is_bad_and_its_contact_junk(acme: Customer) -> None:
    ends = await asyncio.gather(*(ended(acme, peer("refuses", code=code)) for code in BAD_NUMBERS))
    for _, call, target in ends:
        assert call["result"] == "bad_number"
        assert (target["state"], target["reason"], target["status"]) == ("done", "junk", "junk")
        assert await acme.db.fetchval("select bad from phones where contact_id = $1", call["contact_id"])
    assert {call["sip_code"] for _, call, _ in ends} == set(BAD_NUMBERS)


async def test_unanswered_and_late_refusals_are_told_apart(acme: Customer) -> None:
    far_ends = [peer("rings"), peer("refuses_late", code=486), peer("refuses_late", code=480)]
    ends = await asyncio.gather(*(ended(acme, far_end) for far_end in far_ends))
    assert [call["result"] for _, call, _ in ends] == ["no_answer", "busy", "unavailable"]
    assert ends[0][1]["ringing_at"] is not None
    assert ends[0][1]["answered_at"] is None
    assert {target["state"] for _, _, target in ends} == {"waiting"}


async def test_an_answer_is_the_end_whoever_hangs_up(acme: Customer) -> None:
    ends = await asyncio.gather(*(ended(acme, peer(scene)) for scene in ("hangs_up", "answers")))
    for _, call, target in ends:
        assert (call["result"], call["sip_code"]) == ("answered", 200)
        assert call["originated_at"] <= call["ringing_at"] <= call["answered_at"] <= call["ended_at"]
        assert (target["state"], target["reason"], target["status"]) == ("done", "answered", "done")


async def test_an_answering_machine_is_a_machine(acme: Customer) -> None:
    """The sandbox carrier's voicemail; detection listens before anything else happens."""
    campaign = await acme.campaign(["+48221230094", "+48221230006"], None, redials=1, amd=True)
    await campaign.until_calls(2)
    await campaign.do("stop")
    assert {row["number"]: row["result"] for row in await campaign.calls()} == {
        "+48221230094": "machine",
        "+48221230006": "answered",
    }


async def test_a_silent_trunk_pauses_the_campaign_and_everybody_stays_due(acme: Customer) -> None:
    people, channels = numbers(40), 30
    with silent_peer() as far_end:
        campaign = await acme.campaign(people, far_end, max_channels=channels)
        await campaign.until_state("paused")
        await campaign.until_quiet()
    calls = await campaign.calls()
    assert SILENT_LIMIT <= len(calls) <= SILENT_LIMIT + channels
    assert {row["result"] for row in calls} == {"trunk_silent"}
    assert Counter(row["state"] for row in await campaign.targets()) == {"waiting": len(people)}
    assert all(row["due_at"] <= now() and row["round"] == 0 for row in await campaign.targets())
    assert (await campaign.shown())["pause_reason"] == "trunk_silent"


@pytest.mark.changes_other
async def test_two_workspaces_dial_at_once_and_only_their_own_contacts(acme: Customer, other: Customer) -> None:
    """With the very same numbers in both lists."""
    people = numbers(25)
    with peer("hangs_up") as ours, peer("hangs_up") as theirs:
        campaigns = await asyncio.gather(acme.campaign(people, ours), other.campaign(people, theirs))
        for campaign in campaigns:
            await campaign.until_state("finished")
            calls = await campaign.calls()
            mine = await campaign.customer.db.fetch("select id from contacts")
            assert {row["contact_id"] for row in calls} <= {row["id"] for row in mine}
            assert Counter(row["number"] for row in calls) == Counter(people)
            await campaign.until_quiet()
        assert Counter(ours.called()) == Counter(theirs.called()) == Counter(people)
    stranger = (await campaigns[1].calls())[0]
    assert (await acme.client.get(f"/calls/{stranger['id']}")).status_code == 404
    assert (await acme.client.get(f"/campaigns/{campaigns[1].id}")).status_code == 404
