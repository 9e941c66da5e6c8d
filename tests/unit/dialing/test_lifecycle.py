"""The life of a call: forward only, each step once, and never out of its end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tenants.calls.lifecycle import (
    ORDER,
    Answered,
    Arrived,
    Bridged,
    Call,
    Dialing,
    Effect,
    Ended,
    Event,
    Ringing,
    State,
    step,
)

ID = UUID(int=1)
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def lived(call: Call, *events: Event) -> tuple[Call, list[Effect]]:
    effects: list[Effect] = []
    for event in events:
        call, came = step(call, event)
        effects += came
    return call, effects


def fresh(*, needs_person: bool = False) -> Call:
    return Call(ID, State.RESERVED, needs_person=needs_person)


def test_an_answered_call_starts_its_destination_once_and_is_closed_once() -> None:
    call, effects = lived(
        fresh(),
        Dialing(ID, after(0)),
        Ringing(ID, after(1)),
        Answered(ID, after(3)),
        Arrived(ID, after(3.1)),
        Ended(ID, after(13), "answered", 16, 200),
    )
    assert effects == [Effect.START_DESTINATION, Effect.CLOSE]
    assert (call.state, call.result, call.cause, call.sip_code, call.talk_s) == (State.ENDED, "answered", 16, 200, 10)
    assert (call.originated_at, call.ringing_at, call.answered_at) == (after(0), after(1), after(3))


def test_a_machine_is_hung_up() -> None:
    assert lived(fresh(), Arrived(ID, after(0), machine=True))[1] == [Effect.HANG_UP]


def test_a_person_whom_nobody_took_is_abandoned() -> None:
    call, _ = lived(fresh(needs_person=True), Arrived(ID, after(0)), Ended(ID, after(9), "answered"))
    assert call.result == "abandoned"


def test_a_person_whom_somebody_took_is_answered() -> None:
    call, _ = lived(
        fresh(needs_person=True), Arrived(ID, after(0)), Bridged(ID, after(2)), Ended(ID, after(9), "answered")
    )
    assert (call.result, call.bridged_at) == ("answered", after(2))


def test_a_refused_call_never_talked() -> None:
    call, effects = lived(fresh(), Dialing(ID, after(0)), Ended(ID, after(1), "busy", 17, 486))
    assert (call.result, call.talk_s, effects) == ("busy", 0.0, [Effect.CLOSE])


def test_events_that_were_missed_leave_their_times_empty_and_an_origin() -> None:
    call, _ = lived(fresh(), Arrived(ID, after(5)))
    assert (call.state, call.ringing_at, call.originated_at) == (State.ANSWERED, None, after(5))


def test_a_late_ringing_does_not_take_an_answered_call_back() -> None:
    call, _ = lived(fresh(), Answered(ID, after(2)), Ringing(ID, after(1)))
    assert (call.state, call.ringing_at) == (State.ANSWERED, after(1))


def test_an_end_before_the_answer_by_the_clock_is_no_negative_talk() -> None:
    call, _ = lived(fresh(), Answered(ID, after(2)), Ended(ID, after(1), "answered"))
    assert call.talk_s == 0.0


times = st.floats(0, 100).map(after)
events = st.one_of(
    st.builds(Dialing, st.just(ID), times),
    st.builds(Ringing, st.just(ID), times),
    st.builds(Answered, st.just(ID), times),
    st.builds(Arrived, st.just(ID), times, st.booleans()),
    st.builds(Bridged, st.just(ID), times),
    st.builds(Ended, st.just(ID), times, st.sampled_from(["answered", "busy", "lost"]), st.just(16), st.just(200)),
)
lives = st.lists(events, max_size=12)


@given(lives, st.booleans())
def test_a_call_only_moves_forward(life: list[Event], needs_person: bool) -> None:
    call = fresh(needs_person=needs_person)
    for event in life:
        following, _ = step(call, event)
        assert ORDER[following.state] >= ORDER[call.state]
        call = following


@given(lives, st.booleans())
def test_an_ended_call_stays_as_it_ended(life: list[Event], needs_person: bool) -> None:
    ended, _ = lived(fresh(needs_person=needs_person), Ended(ID, after(1), "busy"))
    assert lived(ended, *life) == (ended, [])


@given(lives, st.booleans())
def test_a_life_ends_at_most_once(life: list[Event], needs_person: bool) -> None:
    call, effects = lived(fresh(needs_person=needs_person), *life)
    assert effects.count(Effect.CLOSE) == (call.state is State.ENDED)


@given(lives, st.booleans())
def test_every_event_may_come_twice(life: list[Event], needs_person: bool) -> None:
    """As after a transaction that was committed and whose answer was lost: the whole batch is stored again."""
    call = fresh(needs_person=needs_person)
    once, effects = lived(call, *life)
    doubled = [event for event in life for _ in range(2)]
    assert lived(call, *doubled)[0] == once
    assert lived(once, *life)[0] == once
    assert set(lived(call, *doubled)[1]) == set(effects)


@given(lives)
def test_times_once_set_are_kept(life: list[Event]) -> None:
    call = fresh()
    for event in life:
        following, _ = step(call, event)
        for name in ("originated_at", "ringing_at", "answered_at", "bridged_at", "ended_at"):
            before = getattr(call, name)
            assert before is None or getattr(following, name) == before
        call = following
