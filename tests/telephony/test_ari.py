"""The gateway's promises on a real node: calls are placed once, and a broken link is noticed and mended."""

import asyncio
import contextlib
import dataclasses
import signal
import time

import pytest

from pbx.ari import AlreadyInUse, AppTakenError, Ari, Connected, Disconnected, Placed, Refused, Unknown, Unreachable
from pbx.orders import Extension, SandboxTrunk, playback_id
from pbx.outcome import Result, result
from pbx.sounds import DEFAULT, media_uri
from pbx.stasis import Arrived, Ended, PlaybackEnded, Ringing
from tests.support.calls import TENANT, Ear, client, listening, order
from tests.support.nodes import RunningNode
from tests.support.sip_peers import peer
from tests.support.waiting import until


async def test_a_call_id_is_dialled_once_while_its_call_lives(ari: Ari, ear: Ear) -> None:
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230001")
        assert await ari.originate(call) == Placed()
        assert await ari.originate(call) == AlreadyInUse()
        await ear.event(Arrived, call.call_id)
        await ari.hangup(call.call_id)
        await ear.event(Ended, call.call_id)
        assert far_end.called() == ["+48221230001"]


async def test_an_unknown_phone_is_refused_with_the_nodes_own_reason(ari: Ari) -> None:
    outcome = await ari.originate(order(Extension("t0-a0"), "101"))
    assert isinstance(outcome, Refused)
    assert "Allocation failed" in outcome.reason


async def test_a_prompt_plays_to_its_end_and_the_callers_line_is_gone_after_hangup(ari: Ari, ear: Ear) -> None:
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230000")
        await ari.originate(call)
        await ear.event(Arrived, call.call_id)
        prompt = playback_id(TENANT, call.call_id)
        assert await ari.play(call.call_id, media_uri(DEFAULT), prompt)
        assert await ari.playback_exists(prompt)
        over = await ear.event(PlaybackEnded, call.call_id)
        assert (over.complete, over.tenant) == (True, TENANT)
        assert await ari.hangup(call.call_id)
        await ear.event(Ended, call.call_id)
        assert await ari.channel(call.call_id) is None
        assert not await ari.hangup(call.call_id)
        assert not await ari.play(call.call_id, media_uri(DEFAULT), prompt)


async def test_calls_are_bridged_and_parted(ari: Ari, ear: Ear) -> None:
    with peer("answers") as one, peer("answers") as other:
        calls = [order(far_end.trunk, "+48221230000") for far_end in (one, other)]
        await ari.bridge_create("bridge-1")
        for call in calls:
            await ari.originate(call)
            await ear.event(Arrived, call.call_id)
            await ari.bridge_add("bridge-1", call.call_id)
        await ari.bridge_destroy("bridge-1")
        for call in calls:
            assert await ari.hangup(call.call_id)


async def test_a_node_that_is_killed_is_noticed_at_once_and_found_again(own_node: RunningNode) -> None:
    ari = client(own_node)
    async with listening(ari) as ear:
        before = await ear.link(Connected)
        own_node.kill()
        await ear.link(Disconnected, deadline=1)
        assert isinstance(await ari.originate(order(Extension("x"), "101")), Unreachable)
        own_node.start()
        after = await ear.link(Connected, number=2)
        assert after.startup_time > before.startup_time
    await ari.close()


async def test_a_frozen_node_is_noticed_within_seven_seconds(own_node: RunningNode) -> None:
    ari = client(own_node)
    async with listening(ari) as ear:
        before = await ear.link(Connected)
        own_node.signal(signal.SIGSTOP)
        await ear.link(Disconnected, deadline=7)
        assert isinstance(await ari.originate(order(Extension("x"), "101")), Unknown)
        own_node.signal(signal.SIGCONT)
        after = await ear.link(Connected, number=2, deadline=15)
        assert after.startup_time == before.startup_time
    await ari.close()


async def test_an_answered_call_that_nobody_controls_hears_a_sentence_and_ends(own_node: RunningNode) -> None:
    ari = client(own_node)
    async with listening(ari):
        pass
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230000")
        assert await ari.originate(call) == Placed()
        begun = time.monotonic()
        await until(lambda: _gone(ari, call.call_id), deadline=10)
        assert time.monotonic() - begun > 3, "the sentence takes nearly four seconds"
    await ari.close()


async def _gone(ari: Ari, call_id: str) -> bool:
    return await ari.channel(call_id) is None


async def test_a_call_never_outlives_its_limit(ari: Ari, ear: Ear) -> None:
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230000", limit_s=1)
        await ari.originate(call)
        await ear.event(Arrived, call.call_id)
        await ear.event(Ended, call.call_id, deadline=3)


async def test_a_second_controller_takes_over_and_the_first_is_told(own_node: RunningNode) -> None:
    first, second = client(own_node), client(own_node)
    task = asyncio.create_task(first.link.run())
    assert isinstance(await first.link.heard.get(), Connected)
    async with listening(second):
        with pytest.raises(AppTakenError):
            await asyncio.wait_for(task, 5)
    await first.close()
    await second.close()


async def test_two_nodes_run_side_by_side_from_one_tree(node: RunningNode, own_node: RunningNode) -> None:
    async with contextlib.AsyncExitStack() as open_links:
        for each in (node, own_node):
            ari = client(each)
            open_links.push_async_callback(ari.close)
            ear = await open_links.enter_async_context(listening(ari))
            call = order(SandboxTrunk(*each.config.sip_address), "+48221230000")
            await ari.originate(call)
            await ear.event(Ended, call.call_id)


async def test_a_ringing_call_can_be_given_up(ari: Ari, ear: Ear) -> None:
    with peer("rings") as far_end:
        call = order(far_end.trunk, "+48221230000", ring_timeout_s=30)
        await ari.originate(call)
        await ear.event(Ringing, call.call_id)
        assert await ari.hangup(call.call_id)
        facts = await ear.facts(call.call_id)
        assert result(dataclasses.replace(facts, cancelled=True)) is Result.CANCELLED


async def test_live_calls_tell_whose_they_are(ari: Ari, ear: Ear) -> None:
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230000")
        await ari.originate(call)
        await ear.event(Arrived, call.call_id)
        live = {channel.id: channel.channelvars for channel in await ari.channels()}
        assert live[call.call_id] == {"RY_TENANT": TENANT, "RY_CALL": call.call_id}
        await ari.hangup(call.call_id)


async def test_the_callee_sees_the_ordered_caller_id(ari: Ari, ear: Ear) -> None:
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230000", caller_id="+48585550101")
        await ari.originate(call)
        await ear.event(Arrived, call.call_id)
        await ari.hangup(call.call_id)
        assert far_end.callers() == ["+48585550101"]


async def test_two_hundred_calls_at_once_each_reach_the_far_end_once(ari: Ari, ear: Ear) -> None:
    with peer("refuses", code=486) as far_end:
        calls = [order(far_end.trunk, f"+4822123{number:04}") for number in range(200)]
        placed = await asyncio.gather(*(ari.originate(call) for call in calls))
        assert set(placed) == {Placed()}
        results = [result(await ear.facts(call.call_id)) for call in calls]
        assert set(results) == {Result.BUSY}
        assert sorted(far_end.called()) == sorted(call.number for call in calls)
