"""What became of a call, from what was seen of it. Pure; the table is the contract's, measured on real Asterisk.

Asterisk's own dial status misleads: our time-out and a carrier's 480 both end with cause 19 and SIP 480, and only the
second is announced as a failure before (`declined`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    REJECTED = "rejected"
    BAD_NUMBER = "bad_number"
    UNAVAILABLE = "unavailable"
    CONGESTION = "congestion"
    MACHINE = "machine"
    TRUNK_SILENT = "trunk_silent"
    NETWORK = "network"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"
    LOST = "lost"


@dataclass(frozen=True)
class Facts:
    """All that is known when a call has ended. `cancelled`: we hung up before an answer."""

    answered: bool = False
    rang: bool = False
    declined: bool = False
    cause: int = 0
    tech_cause: int = 0
    cancelled: bool = False
    machine: bool = False
    abandoned: bool = False


_BY_SIP = {
    403: Result.REJECTED,
    404: Result.BAD_NUMBER,
    408: Result.UNAVAILABLE,
    410: Result.BAD_NUMBER,
    480: Result.UNAVAILABLE,
    484: Result.BAD_NUMBER,
    486: Result.BUSY,
    503: Result.CONGESTION,
    600: Result.BUSY,
    603: Result.REJECTED,
    604: Result.BAD_NUMBER,
}
_BY_CAUSE = {
    1: Result.BAD_NUMBER,
    17: Result.BUSY,
    18: Result.UNAVAILABLE,
    19: Result.UNAVAILABLE,
    20: Result.UNAVAILABLE,
    21: Result.REJECTED,
    22: Result.BAD_NUMBER,
    28: Result.BAD_NUMBER,
    34: Result.CONGESTION,
    42: Result.CONGESTION,
}


def result(facts: Facts) -> Result:
    if facts.answered:
        return _answered(facts)
    if facts.cancelled:
        return Result.CANCELLED
    if _timed_out(facts):
        return Result.NO_ANSWER if facts.rang else Result.TRUNK_SILENT
    if facts.tech_cause >= 400:
        return _BY_SIP.get(facts.tech_cause, Result.NETWORK)
    return _BY_CAUSE.get(facts.cause, Result.NETWORK)


def sip_code(facts: Facts) -> int | None:
    """What the far end said last; None when it said nothing final."""
    if facts.answered:
        return 200
    if facts.cancelled or _timed_out(facts) or not facts.tech_cause:
        return None
    return facts.tech_cause


def _answered(facts: Facts) -> Result:
    if facts.machine:
        return Result.MACHINE
    return Result.ABANDONED if facts.abandoned else Result.ANSWERED


def _timed_out(facts: Facts) -> bool:
    """We gave up: nothing was declined, and Asterisk fills in 480. Or SIP's own timer did, after 32 s without a reply:
    then Asterisk tells a 408 as if a far end had said it, so without ringing a 408 is taken for that."""
    if facts.tech_cause == 408 and not facts.rang:
        return True
    return not facts.declined and facts.tech_cause in (0, 480) and facts.cause in (0, 18, 19)
