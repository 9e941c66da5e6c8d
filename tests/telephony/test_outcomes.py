"""Every row of the outcome table, each by a real far end."""

import pytest

from pbx.ari import Ari, Placed
from pbx.orders import SandboxTrunk
from pbx.outcome import Result, result, sip_code
from pbx.stasis import Arrived
from tests.support.calls import Ear, order
from tests.support.nodes import RunningNode
from tests.support.sip_peers import Peer, peer, silent_peer

REFUSALS = {
    486: Result.BUSY,
    600: Result.BUSY,
    603: Result.REJECTED,
    403: Result.REJECTED,
    404: Result.BAD_NUMBER,
    410: Result.BAD_NUMBER,
    484: Result.BAD_NUMBER,
    480: Result.UNAVAILABLE,
    503: Result.CONGESTION,
    500: Result.NETWORK,
    488: Result.NETWORK,
}


async def _outcome(ari: Ari, ear: Ear, far_end: Peer) -> tuple[Result, int | None]:
    call = order(far_end.trunk, "+48221230000", ring_timeout_s=2)
    assert await ari.originate(call) == Placed()
    facts = await ear.facts(call.call_id)
    return result(facts), sip_code(facts)


@pytest.mark.parametrize(("code", "expected"), REFUSALS.items())
async def test_a_refusal_is_told_by_its_sip_code(ari: Ari, ear: Ear, code: int, expected: Result) -> None:
    with peer("refuses", code=code) as far_end:
        assert await _outcome(ari, ear, far_end) == (expected, code)


async def test_busy_after_early_media_is_busy(ari: Ari, ear: Ear) -> None:
    with peer("refuses_late", code=486) as far_end:
        assert await _outcome(ari, ear, far_end) == (Result.BUSY, 486)


async def test_unavailable_after_early_media_is_not_taken_for_our_time_out(ari: Ari, ear: Ear) -> None:
    with peer("refuses_late", code=480) as far_end:
        assert await _outcome(ari, ear, far_end) == (Result.UNAVAILABLE, 480)


async def test_ringing_until_our_time_out_is_no_answer(ari: Ari, ear: Ear) -> None:
    with peer("rings") as far_end:
        assert await _outcome(ari, ear, far_end) == (Result.NO_ANSWER, None)


async def test_no_reply_at_all_is_a_silent_trunk(ari: Ari, ear: Ear) -> None:
    with silent_peer() as far_end:
        assert await _outcome(ari, ear, far_end) == (Result.TRUNK_SILENT, None)


async def test_a_closed_port_is_a_silent_trunk(ari: Ari, ear: Ear) -> None:
    with silent_peer() as far_end:
        pass
    assert await _outcome(ari, ear, far_end) == (Result.TRUNK_SILENT, None)


async def test_an_answer_that_the_callee_ends_is_answered(ari: Ari, ear: Ear) -> None:
    with peer("hangs_up") as far_end:
        assert await _outcome(ari, ear, far_end) == (Result.ANSWERED, 200)


async def test_an_answer_that_we_end_is_answered(ari: Ari, ear: Ear) -> None:
    with peer("answers") as far_end:
        call = order(far_end.trunk, "+48221230000")
        await ari.originate(call)
        await ear.event(Arrived, call.call_id)
        assert await ari.hangup(call.call_id)
        assert result(await ear.facts(call.call_id)) is Result.ANSWERED


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("00", Result.ANSWERED),
        ("40", Result.NO_ANSWER),
        ("70", Result.BUSY),
        ("80", Result.REJECTED),
        ("84", Result.BAD_NUMBER),
        ("88", Result.UNAVAILABLE),
        ("92", Result.CONGESTION),
    ],
)
async def test_the_sandbox_carrier_does_as_the_number_says(
    node: RunningNode, ari: Ari, ear: Ear, digits: str, expected: Result
) -> None:
    call = order(SandboxTrunk(*node.config.sip_address), f"+482212300{digits}", ring_timeout_s=1)
    await ari.originate(call)
    assert result(await ear.facts(call.call_id)) is expected
    assert len({event.call_id for event in ear.events}) == 1, "the carrier's own legs are nobody's calls"
