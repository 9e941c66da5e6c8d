"""Why a contact is not being called now: exactly one reason of the public contract."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.campaigns.hours import Window, is_open
from tenants.campaigns.reasons import Standing, of

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
ALWAYS = Window(0, 1440, frozenset(range(1, 8)))
TUESDAYS = Window(540, 1080, frozenset({2}))
CONTRACT = {
    "in_call", "reserved", "due", "scheduled", "callback", "outside_hours", "do_not_call", "junk", "attempts_used",
    "done", "answered", "duplicate_active", "prefix_not_allowed", "no_number", "campaign_not_running", "no_campaign",
    "no_capacity", "no_agent", "no_balance", "service_inactive",
}  # fmt: skip


def standing(
    state: str = "waiting", reason: str = "due", due_at: datetime = NOW, campaign_state: str = "running"
) -> Standing:
    return Standing(state, reason, "Europe/Warsaw", due_at, campaign_state)


def test_one_who_may_be_called_now_is_due() -> None:
    assert of(standing(), ALWAYS, NOW) == ("due", None)


def test_a_live_call_comes_before_everything() -> None:
    assert of(standing("active", "in_call", campaign_state="paused"), TUESDAYS, NOW) == ("in_call", None)


@pytest.mark.parametrize("reason", ["answered", "attempts_used", "junk", "no_number", "prefix_not_allowed"])
def test_one_who_is_done_is_done_for_its_reason_whatever_the_campaign_does(reason: str) -> None:
    assert of(standing("done", reason, campaign_state="stopped"), ALWAYS, NOW) == (reason, None)


@pytest.mark.parametrize("state", ["draft", "paused", "stopped", "finished"])
def test_a_campaign_that_does_not_run_calls_nobody(state: str) -> None:
    assert of(standing(campaign_state=state), ALWAYS, NOW) == ("campaign_not_running", None)


def test_a_closed_window_tells_when_it_opens() -> None:
    assert of(standing(), TUESDAYS, NOW) == ("outside_hours", datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


def test_a_redial_tells_its_time_within_the_hours() -> None:
    later = NOW + timedelta(hours=1)
    assert of(standing(reason="scheduled", due_at=later), ALWAYS, NOW) == ("scheduled", later)
    opening = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert of(standing(reason="scheduled", due_at=later), TUESDAYS, NOW) == ("scheduled", opening)


@pytest.mark.parametrize("reason", ["callback", "duplicate_active"])
def test_what_postpones_a_contact_is_told(reason: str) -> None:
    later = NOW + timedelta(minutes=1)
    assert of(standing(reason=reason, due_at=later), ALWAYS, NOW) == (reason, later)


instants = st.integers(0, 50 * 24 * 60).map(lambda m: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=m))


@given(
    st.builds(
        Standing,
        state=st.just("waiting"),
        reason=st.sampled_from(["due", "scheduled", "callback", "duplicate_active"]),
        zone=st.sampled_from(["Europe/Warsaw", "America/New_York"]),
        due_at=instants,
        campaign_state=st.sampled_from(["draft", "running", "paused", "stopped", "finished"]),
    ),
    st.sampled_from([ALWAYS, TUESDAYS]),
    instants,
)
def test_the_reason_is_of_the_contract_and_its_time_lies_ahead_and_inside_the_hours(
    one: Standing, hours: Window, at: datetime
) -> None:
    reason, until = of(one, hours, at)
    assert reason in CONTRACT
    assert (reason == "due") == (one.campaign_state == "running" and one.due_at <= at and is_open(hours, one.zone, at))
    if until is not None:
        assert until >= at
        assert is_open(hours, one.zone, until)
