"""The states of a campaign and the verbs that move it between them. Pure."""

from typing import Literal

State = Literal["draft", "running", "paused", "stopped", "finished"]
Verb = Literal["start", "pause", "resume", "stop"]

_MOVES: dict[Verb, tuple[frozenset[State], State]] = {
    # A stopped or finished campaign that is started again goes on with what is left and with the base's new contacts.
    "start": (frozenset({"draft", "stopped", "finished"}), "running"),
    "pause": (frozenset({"running"}), "paused"),
    "resume": (frozenset({"paused"}), "running"),
    "stop": (frozenset({"running", "paused"}), "stopped"),
}


class Refused(ValueError):
    """The verb does not fit the state."""


def after(verb: Verb, state: State) -> State:
    """The state that the verb leads to; asking twice is no error. Raises Refused."""
    allowed, following = _MOVES[verb]
    if state not in allowed and state != following:
        raise Refused(verb, state)
    return following


def verbs(state: State) -> list[Verb]:
    """What can be done with a campaign in this state, the usual thing first."""
    order: list[Verb] = ["start", "pause", "resume", "stop"]
    return [verb for verb in order if state in _MOVES[verb][0]]


def begins(verb: Verb) -> bool:
    """Whether the verb sets a campaign dialing."""
    return _MOVES[verb][1] == "running"
