"""ARI events told in the words of calls. Pure; events of no workspace (the sandbox carrier's own legs) are None."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pbx.ari.events import RawChannel, RawEvent


class Verdict(StrEnum):
    """What answering machine detection heard."""

    HUMAN = "human"
    MACHINE = "machine"
    NOT_SURE = "not_sure"


@dataclass(frozen=True)
class CallEvent:
    """`tenant` is the workspace's schema; `at` is the node's clock, aware."""

    call_id: str
    tenant: str
    at: datetime


@dataclass(frozen=True)
class Dialing(CallEvent):
    """The node has begun to dial: the call is on its way to the trunk."""


@dataclass(frozen=True)
class Ringing(CallEvent):
    """The far end gave a sign of life before any answer (ringing or early media)."""


@dataclass(frozen=True)
class Answered(CallEvent):
    """The far end picked up; the call is not yet under control (see Arrived)."""


@dataclass(frozen=True)
class Arrived(CallEvent):
    """The answered call is in our hands: play, bridge or hang up. `verdict` is None when no detection was ordered."""

    verdict: Verdict | None


@dataclass(frozen=True)
class Declined(CallEvent):
    """The far end gave a final failure; Ended follows with its codes."""


@dataclass(frozen=True)
class Ended(CallEvent):
    """The channel is gone. `cause` is Q.850's, `tech_cause` the SIP status or 0."""

    cause: int
    tech_cause: int


@dataclass(frozen=True)
class PlaybackEnded(CallEvent):
    """A prompt is over: `complete` is false when it could not be played or the call ended first."""

    complete: bool


@dataclass(frozen=True)
class Dialled(CallEvent):
    """An agent's phone dialled a number; the channel is in our hands."""

    number: str


_VERDICTS = {"HUMAN": Verdict.HUMAN, "MACHINE": Verdict.MACHINE}
_SIGNS_OF_LIFE = frozenset({"RINGING", "PROGRESS", "PROCEEDING"})
_FAILURES = frozenset({"NOANSWER", "BUSY", "CONGESTION", "CHANUNAVAIL"})


def translate(event: RawEvent) -> CallEvent | None:
    """None for what means nothing to a call."""
    if event.type == "PlaybackFinished":
        return _playback(event)
    channel = event.channel or event.peer
    tenant = channel.channelvars.get("RY_TENANT") if channel else None
    if channel is None or not tenant:
        return None
    at = datetime.fromisoformat(event.timestamp)
    match event.type:
        case "Dial":
            return _dial(event.dialstatus, channel.id, tenant, at)
        case "StasisStart":
            return _arrival(event.args, channel, tenant, at)
        case "ChannelDestroyed":
            return Ended(channel.id, tenant, at, event.cause, event.tech_cause)
    return None


def _dial(status: str, call_id: str, tenant: str, at: datetime) -> CallEvent | None:
    if not status:
        return Dialing(call_id, tenant, at)
    if status in _SIGNS_OF_LIFE:
        return Ringing(call_id, tenant, at)
    if status == "ANSWER":
        return Answered(call_id, tenant, at)
    if status in _FAILURES:
        return Declined(call_id, tenant, at)
    return None


def _arrival(args: list[str], channel: RawChannel, tenant: str, at: datetime) -> CallEvent:
    match args:
        case ["amd", status, *_]:
            return Arrived(channel.id, tenant, at, _VERDICTS.get(status, Verdict.NOT_SURE))
        case ["dialled", number]:
            return Dialled(channel.id, tenant, at, number)
    return Arrived(channel.id, tenant, at, None)


def _playback(event: RawEvent) -> PlaybackEnded | None:
    """Its id carries the workspace, see `orders.playback_id`."""
    tenant, dot, call_id = event.playback.id.partition(".") if event.playback else ("", "", "")
    if not dot or event.playback is None:
        return None
    at = datetime.fromisoformat(event.timestamp)
    return PlaybackEnded(call_id, tenant, at, event.playback.state == "done")
