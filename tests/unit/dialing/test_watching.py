"""From a node's events to the lifecycle's: what was seen of a call decides what its end means."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from pbx.stasis import Answered, Arrived, CallEvent, Declined, Dialing, Ended, Ringing, Verdict
from pbx.watching import Watching
from tenants.calls import lifecycle

ID = UUID(int=7)
CALL, TENANT, AT = str(ID), "t_one", datetime(2026, 11, 23, 12, tzinfo=UTC)
DIALING, RINGING, ANSWERED, DECLINED = (kind(CALL, TENANT, AT) for kind in (Dialing, Ringing, Answered, Declined))


def end_of(watching: Watching, *seen: CallEvent, cause: int = 0, tech_cause: int = 0) -> lifecycle.Ended:
    for event in seen:
        watching.told(event)
    told = watching.told(Ended(CALL, TENANT, AT, cause, tech_cause))
    assert isinstance(told, lifecycle.Ended)
    return told


@pytest.mark.parametrize(
    ("seen", "cause", "tech_cause", "result", "sip_code"),
    [
        ([DIALING, RINGING, ANSWERED], 0, 0, "answered", 200),
        ([DIALING, RINGING], 19, 480, "no_answer", None),
        ([DIALING], 19, 480, "trunk_silent", None),
        ([DIALING, DECLINED], 19, 480, "unavailable", 480),
        ([DIALING, DECLINED], 17, 486, "busy", 486),
        ([DIALING, RINGING, DECLINED], 21, 603, "rejected", 603),
        ([DIALING, DECLINED], 1, 404, "bad_number", 404),
        ([DIALING, DECLINED], 34, 503, "congestion", 503),
        ([DIALING, DECLINED], 38, 500, "network", 500),
    ],
)
def test_an_end_is_told_by_all_that_was_seen(
    seen: list[CallEvent], cause: int, tech_cause: int, result: str, sip_code: int | None
) -> None:
    told = end_of(Watching(), *seen, cause=cause, tech_cause=tech_cause)
    assert told == lifecycle.Ended(ID, AT, result, cause or None, sip_code)


def test_each_sign_is_told_in_the_lifecycles_words() -> None:
    watching = Watching()
    assert watching.told(DIALING) == lifecycle.Dialing(ID, AT)
    assert watching.told(RINGING) == lifecycle.Ringing(ID, AT)
    assert watching.told(ANSWERED) == lifecycle.Answered(ID, AT)
    assert watching.told(Arrived(CALL, TENANT, AT, None)) == lifecycle.Arrived(ID, AT, False)
    assert watching.told(DECLINED) is None


def test_a_machine_is_told_apart_from_a_person() -> None:
    watching = Watching()
    machine = Arrived(CALL, TENANT, AT, Verdict.MACHINE)
    assert watching.told(machine) == lifecycle.Arrived(ID, AT, True)
    assert end_of(watching).result == "machine"


def test_one_that_detection_is_not_sure_of_is_a_person() -> None:
    assert end_of(Watching(), Arrived(CALL, TENANT, AT, Verdict.NOT_SURE)).result == "answered"


def test_calls_are_told_apart() -> None:
    watching = Watching()
    watching.told(Ringing(str(UUID(int=8)), TENANT, AT))
    assert end_of(watching, DIALING, cause=19, tech_cause=480).result == "trunk_silent"


def test_a_call_from_before_this_controller_is_watched_on_from_its_row() -> None:
    watching = Watching()
    watching.restore(CALL, rang=True, answered=False)
    assert end_of(watching, cause=19, tech_cause=480).result == "no_answer"
    watching.restore(CALL, rang=True, answered=True)
    assert end_of(watching).result == "answered"


def test_a_restored_call_keeps_what_was_already_heard_of_it() -> None:
    """A minute's sweep restores calls that are being watched: it must not forget a machine or a refusal."""
    watching = Watching()
    watching.told(Arrived(CALL, TENANT, AT, Verdict.MACHINE))
    watching.restore(CALL, rang=False, answered=False)
    assert end_of(watching).result == "machine"


def test_an_ended_call_leaves_nothing_behind() -> None:
    watching = Watching()
    end_of(watching, RINGING, cause=19, tech_cause=480)
    assert end_of(watching, DIALING, cause=19, tech_cause=480).result == "trunk_silent"


@pytest.mark.parametrize(("cause", "tech_cause"), [(0, 0), (16, 0), (16, 200), (19, 480)])
def test_a_call_that_began_while_nobody_listened_is_lost_and_never_taken_for_a_silent_trunk(
    cause: int, tech_cause: int
) -> None:
    """It may have been answered: called at once again, as after a silent trunk, the person would be rung twice."""
    assert end_of(Watching(), cause=cause, tech_cause=tech_cause).result == "lost"


def test_a_refusal_is_told_whatever_was_heard_before() -> None:
    assert end_of(Watching(), cause=17, tech_cause=486).result == "busy"
