"""The life of a call: state x event -> state, effects. Pure; the controller stores the one and carries out the other.

reserved -> dialing -> ringing -> answered -> bridged -> ended, each step at most once and forward only, so that an
event that comes twice or late changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    RESERVED = "reserved"
    DIALING = "dialing"
    RINGING = "ringing"
    ANSWERED = "answered"
    BRIDGED = "bridged"
    ENDED = "ended"


ORDER = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Event:
    """What the network did with the call, and when (UTC)."""

    call_id: UUID
    at: datetime


class Dialing(Event): ...


class Ringing(Event): ...


class Answered(Event): ...


@dataclass(frozen=True, slots=True)
class Arrived(Event):
    """The answered call is in our hands. `machine`: detection was ordered and heard an answering machine."""

    machine: bool = False


class Bridged(Event): ...


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """`result` as far as the network can tell; `cause` is Q.850, `sip_code` the last SIP answer."""

    result: str
    cause: int | None = None
    sip_code: int | None = None


class Effect(StrEnum):
    START_DESTINATION = "start_destination"
    HANG_UP = "hang_up"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Call:
    id: UUID
    state: State
    needs_person: bool = False
    originated_at: datetime | None = None
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    bridged_at: datetime | None = None
    ended_at: datetime | None = None
    result: str | None = None
    cause: int | None = None
    sip_code: int | None = None

    @property
    def talk_s(self) -> float:
        """Seconds from the answer to the end."""
        if self.answered_at is None or self.ended_at is None:
            return 0.0
        return max(0.0, (self.ended_at - self.answered_at).total_seconds())


def step(call: Call, event: Event) -> tuple[Call, tuple[Effect, ...]]:
    """The call after the event. An event of an earlier state than the call's only fills in its time."""
    if call.state is State.ENDED:
        return call, ()
    if isinstance(event, Ended):
        return _ended(call, event), (Effect.CLOSE,)
    if isinstance(event, Arrived):
        effect = Effect.HANG_UP if event.machine else Effect.START_DESTINATION
        return _moved(call, Answered(event.call_id, event.at)), (effect,)
    return _moved(call, event), ()


_STEPS: dict[type[Event], tuple[State, str]] = {
    Dialing: (State.DIALING, "originated_at"),
    Ringing: (State.RINGING, "ringing_at"),
    Answered: (State.ANSWERED, "answered_at"),
    Bridged: (State.BRIDGED, "bridged_at"),
}


def _moved(call: Call, event: Event) -> Call:
    state, field = _STEPS[type(event)]
    if getattr(call, field) is not None:
        return call
    times: dict[str, Any] = {"originated_at": call.originated_at or event.at, field: event.at}
    return replace(call, state=max(call.state, state, key=ORDER.__getitem__), **times)


def _ended(call: Call, event: Ended) -> Call:
    return replace(
        call,
        state=State.ENDED,
        ended_at=event.at,
        result=_result(call, event.result),
        cause=event.cause,
        sip_code=event.sip_code,
    )


def _result(call: Call, result: str) -> str:
    """A person who answered and whom nobody could take is abandoned, whatever the network says."""
    if result == "answered" and call.needs_person and call.bridged_at is None:
        return "abandoned"
    return result
