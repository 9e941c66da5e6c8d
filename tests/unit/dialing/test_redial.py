"""What a call's result means for its contact: again, when and on which number, or done and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbx.outcome import Result
from tenants.campaigns.hours import Window, is_open
from tenants.campaigns.redial import NOT_THE_CONTACTS_FAULT, Progress, Rules, Verdict, after_call

WARSAW = "Europe/Warsaw"
ALWAYS = Window(0, 1440, frozenset(range(1, 8)))
OFFICE = Window(9 * 60, 18 * 60, frozenset(range(1, 6)))
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo(WARSAW)).astimezone(UTC)
FAILED = ["no_answer", "busy", "rejected", "unavailable", "congestion", "machine", "network", "abandoned", "lost"]


def rules(**changes: object) -> Rules:
    plain = Rules(
        window=ALWAYS,
        redials=2,
        redial_after_min=30,
        calls_per_day=10,
        days_to_call=10,
        period_days=1,
        redial_if_answered=False,
        call_all_numbers=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def judged(result: str, progress: Progress | None = None, at: datetime = MONDAY_NOON, **changes: object) -> Verdict:
    return after_call(result, progress or Progress((0,)), rules(**changes), WARSAW, at)


def test_every_result_has_a_verdict() -> None:
    for result in Result:
        assert judged(result.value).state in ("waiting", "done")


@pytest.mark.parametrize("result", FAILED)
def test_a_call_that_reached_nobody_is_tried_again_after_the_interval(result: str) -> None:
    verdict = judged(result)
    assert (verdict.state, verdict.reason) == ("waiting", "scheduled")
    assert verdict.due_at == MONDAY_NOON + timedelta(minutes=30)


@pytest.mark.parametrize("result", FAILED)
def test_the_last_redial_is_the_last(result: str) -> None:
    verdict = judged(result, Progress((0,), round=2))
    assert (verdict.state, verdict.reason) == ("done", "attempts_used")


def test_an_answer_is_the_end() -> None:
    assert (judged("answered").state, judged("answered").reason) == ("done", "answered")


def test_an_answer_is_redialed_if_the_scenario_says_so() -> None:
    again = judged("answered", redial_if_answered=True)
    assert (again.state, again.due_at) == ("waiting", MONDAY_NOON + timedelta(minutes=30))
    assert judged("answered", Progress((0,), round=2), redial_if_answered=True).state == "done"


@pytest.mark.parametrize("result", sorted(NOT_THE_CONTACTS_FAULT))
def test_what_is_not_the_contacts_fault_costs_no_attempt(result: str) -> None:
    before = Progress((0, 1), position=1, round=2)
    verdict = judged(result, before, redials=2)
    assert (verdict.state, verdict.reason, verdict.due_at) == ("waiting", "due", MONDAY_NOON)
    assert verdict.progress == before


def test_a_number_that_nobody_has_makes_the_contact_junk() -> None:
    assert (judged("bad_number").state, judged("bad_number").reason) == ("done", "junk")


def test_a_bad_number_gives_way_to_the_cards_next_one_at_once() -> None:
    verdict = judged("bad_number", Progress((0, 1)))
    assert (verdict.state, verdict.due_at, verdict.progress.position) == ("waiting", MONDAY_NOON, 1)
    assert verdict.progress.round == 0


def test_a_bad_number_already_marked_on_the_card_still_gives_way_to_the_next() -> None:
    """The card's list comes without numbers that are known to be bad."""
    verdict = judged("bad_number", Progress((1, 2), position=0), call_all_numbers=True)
    assert (verdict.state, verdict.progress.position) == ("waiting", 1)


def test_all_numbers_of_the_card_are_called_in_turn_in_one_round() -> None:
    progress, seen = Progress((0, 2, 5)), []
    for _ in range(3):
        seen.append(progress.position)
        verdict = judged("busy", progress, call_all_numbers=True)
        progress = verdict.progress
    assert seen == [0, 2, 5]
    assert (verdict.reason, progress.position, progress.round) == ("scheduled", 0, 1)


def test_an_answer_on_one_number_spares_the_others() -> None:
    verdict = judged("answered", Progress((0, 1)), call_all_numbers=True)
    assert (verdict.state, verdict.reason) == ("done", "answered")


def test_the_last_number_being_bad_ends_the_round_but_not_the_contact() -> None:
    verdict = judged("bad_number", Progress((0, 1), position=1), call_all_numbers=True)
    assert (verdict.state, verdict.reason, verdict.progress.position) == ("waiting", "scheduled", 0)
    assert verdict.progress.round == 1


def test_used_up_calls_of_today_wait_for_the_next_day() -> None:
    verdict = judged("busy", calls_per_day=1)
    assert verdict.due_at == datetime(2026, 11, 24, 0, 0, tzinfo=ZoneInfo(WARSAW))


def test_a_period_of_two_days_leaves_a_day_out() -> None:
    verdict = judged("busy", calls_per_day=1, period_days=2)
    assert verdict.due_at == datetime(2026, 11, 25, 0, 0, tzinfo=ZoneInfo(WARSAW))


def test_days_that_are_used_up_are_the_end() -> None:
    verdict = judged("busy", calls_per_day=1, days_to_call=1)
    assert (verdict.state, verdict.reason) == ("done", "attempts_used")


def test_a_redial_after_closing_time_waits_for_the_morning() -> None:
    evening = datetime(2026, 11, 23, 17, 50, tzinfo=ZoneInfo(WARSAW))
    assert judged("busy", at=evening, window=OFFICE).due_at == datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(WARSAW))


def test_a_redial_on_friday_evening_waits_for_monday() -> None:
    friday = datetime(2026, 11, 27, 17, 50, tzinfo=ZoneInfo(WARSAW))
    assert judged("busy", at=friday, window=OFFICE).due_at == datetime(2026, 11, 30, 9, tzinfo=ZoneInfo(WARSAW))


results = st.sampled_from([result.value for result in Result if result.value not in NOT_THE_CONTACTS_FAULT])
rule_sets = st.builds(
    Rules,
    window=st.sampled_from([ALWAYS, OFFICE, Window(22 * 60, 2 * 60, frozenset({5, 6}))]),
    redials=st.integers(0, 6),
    redial_after_min=st.integers(1, 3000),
    calls_per_day=st.integers(1, 4),
    days_to_call=st.integers(1, 4),
    period_days=st.integers(1, 5),
    redial_if_answered=st.booleans(),
    call_all_numbers=st.booleans(),
)
cards = st.sets(st.integers(0, 5), min_size=1, max_size=4).map(lambda numbers: tuple(sorted(numbers)))
zones = st.sampled_from([WARSAW, "America/New_York", "Asia/Kathmandu"])
History = list[tuple[datetime, Verdict, str]]


def lived(draw: Callable[[], str], known: Rules, card: tuple[int, ...], zone: str, most: int) -> History:
    """A contact called each time it is due, until it is done; bad numbers leave the card as the tables do it."""
    at, progress, past = MONDAY_NOON, Progress(card, position=card[0]), []
    for _ in range(most):
        result = draw()
        if result == "bad_number":
            left = tuple(position for position in progress.positions if position != progress.position)
            progress = replace(progress, positions=left)
        verdict = after_call(result, progress, known, zone, at)
        past.append((at, verdict, result))
        if verdict.state == "done":
            break
        at, progress = verdict.due_at, verdict.progress
    return past


@given(st.data(), rule_sets, cards, zones)
def test_the_number_of_calls_is_bounded(data: st.DataObject, known: Rules, card: tuple[int, ...], zone: str) -> None:
    bound = (known.redials + 1) * len(card) + len(card)
    past = lived(lambda: data.draw(results), known, card, zone, bound + 1)
    assert past[-1][1].state == "done"
    assert len(past) <= bound


@given(st.data(), rule_sets, cards, zones)
def test_a_new_round_keeps_the_interval_and_the_hours(
    data: st.DataObject, known: Rules, card: tuple[int, ...], zone: str
) -> None:
    for at, verdict, _ in lived(lambda: data.draw(results), known, card, zone, 40):
        assert verdict.due_at >= at
        if verdict.reason == "scheduled":
            assert verdict.due_at >= at + timedelta(minutes=known.redial_after_min)
            assert is_open(known.window, zone, verdict.due_at)


@given(st.data(), rule_sets, cards, zones)
def test_no_day_has_more_rounds_than_allowed_and_no_more_days_are_used(
    data: st.DataObject, known: Rules, card: tuple[int, ...], zone: str
) -> None:
    past = lived(lambda: data.draw(results), known, card, zone, 40)
    days = [verdict.progress.day for _, verdict, _ in past if verdict.progress.day]
    assert max((verdict.progress.calls_today for _, verdict, _ in past), default=0) <= known.calls_per_day
    assert len(set(days)) <= known.days_to_call


@given(st.data(), rule_sets, cards, zones)
def test_only_numbers_of_the_card_are_called_and_never_a_bad_one(
    data: st.DataObject, known: Rules, card: tuple[int, ...], zone: str
) -> None:
    for _, verdict, _ in lived(lambda: data.draw(results), known, card, zone, 40):
        if verdict.state == "waiting":
            assert verdict.progress.position in verdict.progress.positions
            assert set(verdict.progress.positions) <= set(card)


@given(rule_sets, cards, zones)
def test_after_a_silent_trunk_the_contact_stands_as_before(known: Rules, card: tuple[int, ...], zone: str) -> None:
    before = Progress(card, position=card[0], round=1, day=MONDAY_NOON.date(), calls_today=1, days_called=1)
    verdict = after_call("trunk_silent", before, known, zone, MONDAY_NOON)
    assert (verdict.state, verdict.progress) == ("waiting", before)
