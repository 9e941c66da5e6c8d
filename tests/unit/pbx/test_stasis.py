"""ARI's events in the words of calls, from JSON as a node sends it."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from pbx.ari import RawEvent
from pbx.stasis import (
    Answered,
    Arrived,
    CallEvent,
    Declined,
    Dialing,
    Dialled,
    Ended,
    PlaybackEnded,
    Ringing,
    Verdict,
    translate,
)

STAMP = "2026-11-22T13:08:37.646+0000"
AT = datetime(2026, 11, 22, 13, 8, 37, 646000, tzinfo=UTC)
CHANNEL = {"id": "c1", "name": "PJSIP/out-1", "state": "Up", "channelvars": {"RY_TENANT": "t_a", "RY_CALL": "c1"}}
WHOSE = ("c1", "t_a", AT)


def _told(**fields: Any) -> CallEvent | None:
    text = msgspec.json.encode({"timestamp": STAMP, "asterisk_id": "02:fc", "application": "ringyard", **fields})
    return translate(msgspec.json.decode(text, type=RawEvent))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", Dialing(*WHOSE)),
        ("RINGING", Ringing(*WHOSE)),
        ("PROGRESS", Ringing(*WHOSE)),
        ("PROCEEDING", Ringing(*WHOSE)),
        ("ANSWER", Answered(*WHOSE)),
        ("NOANSWER", Declined(*WHOSE)),
        ("BUSY", Declined(*WHOSE)),
        ("CONGESTION", Declined(*WHOSE)),
        ("CHANUNAVAIL", Declined(*WHOSE)),
        ("CANCEL", None),
    ],
)
def test_a_dial_event_tells_how_the_far_end_replied(status: str, expected: CallEvent | None) -> None:
    assert _told(type="Dial", dialstatus=status, dialstring="+48@carrier", peer=CHANNEL) == expected


@pytest.mark.parametrize(
    ("args", "verdict"),
    [
        ([], None),
        (["amd", "HUMAN", "HUMAN-1"], Verdict.HUMAN),
        (["amd", "MACHINE", "LONGGREETING-1"], Verdict.MACHINE),
        (["amd", "NOTSURE", "TOOLONG-1"], Verdict.NOT_SURE),
        (["amd", "HANGUP", ""], Verdict.NOT_SURE),
    ],
)
def test_a_call_arrives_with_the_detections_verdict(args: list[str], verdict: Verdict | None) -> None:
    assert _told(type="StasisStart", args=args, channel=CHANNEL) == Arrived(*WHOSE, verdict)


def test_an_agent_who_dials_is_told_apart_from_a_call_that_arrives() -> None:
    assert _told(type="StasisStart", args=["dialled", "+4822"], channel=CHANNEL) == Dialled(*WHOSE, "+4822")


def test_an_end_carries_both_causes() -> None:
    event = _told(type="ChannelDestroyed", cause=17, cause_txt="User busy", tech_cause=486, channel=CHANNEL)
    assert event == Ended(*WHOSE, 17, 486)


@pytest.mark.parametrize(("state", "complete"), [("done", True), ("failed", False)])
def test_a_playback_is_known_by_its_id(state: str, complete: bool) -> None:
    playback = {"id": "t_a.c1", "media_uri": "sound:x", "target_uri": "channel:c1", "state": state}
    assert _told(type="PlaybackFinished", playback=playback) == PlaybackEnded(*WHOSE, complete)


def test_a_foreign_playback_is_nobodys() -> None:
    assert _told(type="PlaybackFinished", playback={"id": "other", "state": "done"}) is None


@pytest.mark.parametrize("channelvars", [{}, {"RY_TENANT": "", "RY_CALL": ""}])
def test_the_carriers_own_legs_are_nobodys(channelvars: dict[str, str]) -> None:
    channel = {**CHANNEL, "channelvars": channelvars}
    assert _told(type="ChannelDestroyed", cause=16, channel=channel) is None


def test_an_event_of_another_type_means_nothing() -> None:
    assert _told(type="ChannelVarset", channel=CHANNEL) is None
