"""A made-up past: the calls that a finished campaign has made, and what became of each contact. Pure.

What a number does is what the sandbox carrier would have done by its last two digits, with a sprinkle of the faults
that a real network has.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOURS = 34
REDIAL = timedelta(minutes=90)
TRIES = 3
# How lively each hour of the day is.
_LIVELY = [1] * 7 + [2, 5, 9, 11, 12, 11, 10, 11, 12, 12, 11, 9, 7, 5, 3, 2, 1]
# Result, Q.850 cause, SIP code, and seconds until it is known.
_NETWORK = {
    "answered": (16, 200, (3, 18)),
    "no_answer": (19, 480, (30, 30)),
    "busy": (17, 486, (0.4, 3)),
    "rejected": (21, 403, (0.2, 2)),
    "bad_number": (1, 404, (0.2, 1)),
    "unavailable": (19, 480, (0.2, 2)),
    "congestion": (34, 503, (0.1, 0.6)),
    "machine": (16, 200, (4, 12)),
    "network": (38, 500, (0.1, 1)),
    "trunk_silent": (19, 480, (30, 30)),
    "abandoned": (16, 200, (4, 15)),
    "cancelled": (None, 487, (2, 9)),
    "lost": (None, None, (20, 60)),
}
_FAULTS = ("network", "trunk_silent", "abandoned", "cancelled", "lost")
_FINAL = ("answered", "machine", "bad_number", "abandoned")


@dataclass(frozen=True, slots=True)
class Past:
    """One call of the past. `known_at` is the answer, or the end of a call that nobody took."""

    result: str
    cause: int | None
    sip_code: int | None
    begun_at: datetime
    known_at: datetime
    talk_s: float

    @property
    def was_answered(self) -> bool:
        return self.sip_code == 200

    @property
    def rang(self) -> bool:
        return self.was_answered or self.result in ("no_answer", "cancelled", "busy")

    @property
    def ended_at(self) -> datetime:
        return self.known_at + timedelta(seconds=self.talk_s)


def past_of(number: str, dice: random.Random, until: datetime, zone: ZoneInfo) -> Iterator[Past]:
    """The calls to one number, oldest first, the last one before `until`."""
    at = _first(dice, until, zone)
    for attempt in range(TRIES):
        if attempt and at > until:
            return
        call = _call(_result(number, dice), at, dice)
        yield call
        if call.result in _FINAL:
            return
        at = call.ended_at + REDIAL + timedelta(seconds=dice.uniform(0, 120))


def reason_of(last: Past) -> str:
    """Why the contact is not called any more."""
    return {"answered": "answered", "machine": "answered", "abandoned": "answered", "bad_number": "junk"}.get(
        last.result, "attempts_used"
    )


def _first(dice: random.Random, until: datetime, zone: ZoneInfo) -> datetime:
    """A moment of the last `HOURS`, in a lively hour more likely than in a quiet one."""
    while True:
        at = until - timedelta(seconds=dice.uniform(0, HOURS * 3600))
        if dice.uniform(0, max(_LIVELY)) < _LIVELY[at.astimezone(zone).hour]:
            return at


def _result(number: str, dice: random.Random) -> str:
    if dice.random() < 0.02:
        return dice.choice(_FAULTS)
    ending = int(number[-2:])
    bounds = ((40, "answered"), (70, "no_answer"), (80, "busy"), (84, "rejected"), (88, "bad_number"),
              (92, "unavailable"), (94, "congestion"), (100, "machine"))  # fmt: skip
    usual = next(result for bound, result in bounds if ending < bound)
    # People who did not answer once may the next time.
    return "answered" if usual in ("no_answer", "busy") and dice.random() < 0.12 else usual


def _call(result: str, at: datetime, dice: random.Random) -> Past:
    cause, sip_code, (soonest, latest) = _NETWORK[result]
    known_at = at + timedelta(seconds=dice.uniform(soonest, latest))
    talks = {"answered": dice.lognormvariate(2.6, 0.7), "machine": dice.uniform(8, 14), "abandoned": 4.0}
    talk_s = talks.get(result, 0.0)
    return Past(result, cause, sip_code, at, known_at, round(talk_s, 3))
