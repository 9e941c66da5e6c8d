"""Recording and machine detection, ordered with the call."""

import io
import wave

import pytest

from pbx.ari import Ari, AriRefusedError
from pbx.orders import SandboxTrunk, recording_name
from pbx.stasis import Arrived, Ended, Verdict
from tests.support.calls import TENANT, Ear, order
from tests.support.nodes import RunningNode


async def test_an_answered_call_is_recorded_and_fetched_by_its_name(node: RunningNode, ari: Ari, ear: Ear) -> None:
    call = order(SandboxTrunk(*node.config.sip_address), "+48221230005", record=True, limit_s=2)
    await ari.originate(call)
    await ear.event(Ended, call.call_id)
    name = recording_name(TENANT, call.call_id)
    audio = b"".join([chunk async for chunk in ari.stored_recording(name)])
    with wave.open(io.BytesIO(audio)) as recording:
        assert recording.getframerate() == 8000
        assert recording.getnframes() > 8000, "more than a second of it"
    assert await ari.delete_recording(name)
    assert not await ari.delete_recording(name)


async def test_a_call_without_the_order_is_not_recorded(node: RunningNode, ari: Ari, ear: Ear) -> None:
    call = order(SandboxTrunk(*node.config.sip_address), "+48221230000")
    await ari.originate(call)
    await ear.event(Ended, call.call_id)
    with pytest.raises(AriRefusedError, match="404"):
        [chunk async for chunk in ari.stored_recording(recording_name(TENANT, call.call_id))]


@pytest.mark.parametrize(("number", "verdict"), [("+48221230005", Verdict.HUMAN), ("+48221230094", Verdict.MACHINE)])
async def test_a_person_and_a_voicemail_are_told_apart(
    node: RunningNode, ari: Ari, ear: Ear, number: str, verdict: Verdict
) -> None:
    call = order(SandboxTrunk(*node.config.sip_address), number, amd=True)
    await ari.originate(call)
    arrived = await ear.event(Arrived, call.call_id)
    assert arrived.verdict is verdict
    await ari.hangup(call.call_id)
