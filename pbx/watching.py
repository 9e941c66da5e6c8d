"""What was seen of each live call, until its end tells what became of it. In memory; restored by a reconcile."""

from dataclasses import replace
from uuid import UUID

from pbx.outcome import Facts, Result, result, sip_code
from pbx.stasis import Answered, Arrived, CallEvent, Declined, Dialing, Ended, Ringing, Verdict
from tenants.calls import lifecycle


class Watching:
    """Turns a node's events into events of the calls' lifecycle."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}

    def restore(self, call_id: str, rang: bool, answered: bool) -> None:
        """Add what the call's row says; what was heard since it was read stays."""
        facts = self._facts.get(call_id) or Facts()
        self._facts[call_id] = replace(facts, rang=facts.rang or rang, answered=facts.answered or answered)

    def told(self, event: CallEvent) -> lifecycle.Event | None:
        """The event in the lifecycle's words; None for what only adds to the facts."""
        facts = self._facts.get(event.call_id) or Facts()
        call_id = UUID(event.call_id)
        match event:
            case Ended():
                return _ended(call_id, event, self._facts.pop(event.call_id, None))
            case Ringing():
                self._facts[event.call_id] = replace(facts, rang=True)
                return lifecycle.Ringing(call_id, event.at)
            case Answered():
                self._facts[event.call_id] = replace(facts, answered=True)
                return lifecycle.Answered(call_id, event.at)
            case Arrived():
                machine = event.verdict is Verdict.MACHINE
                self._facts[event.call_id] = replace(facts, answered=True, machine=machine)
                return lifecycle.Arrived(call_id, event.at, machine)
            case Declined():
                self._facts[event.call_id] = replace(facts, declined=True)
            case Dialing():
                self._facts[event.call_id] = facts
                return lifecycle.Dialing(call_id, event.at)
        return None


def _ended(call_id: UUID, event: Ended, facts: Facts | None) -> lifecycle.Ended:
    """Of a call that began unheard (`facts` is None) only a refusal tells its result: it may have been answered."""
    known = replace(facts or Facts(), cause=event.cause, tech_cause=event.tech_cause)
    told = result(known)
    if facts is None and (told is Result.TRUNK_SILENT or event.tech_cause < 400):
        told = Result.LOST
    return lifecycle.Ended(call_id, event.at, told.value, event.cause or None, sip_code(known))
