"""Which verb moves a campaign where, and what may be altered when."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from tenants.campaigns.fields import CampaignFields, fixed, problems
from tenants.campaigns.states import Refused, State, Verb, after, verbs

FIELDS = CampaignFields(name="Autumn", base_id=UUID(int=1), scenario_id=UUID(int=2), trunk_id=UUID(int=3))


@pytest.mark.parametrize(
    ("verb", "before", "following"),
    [
        ("start", "draft", "running"),
        ("start", "stopped", "running"),
        ("start", "finished", "running"),
        ("pause", "running", "paused"),
        ("resume", "paused", "running"),
        ("stop", "running", "stopped"),
        ("stop", "paused", "stopped"),
        ("pause", "paused", "paused"),
        ("stop", "stopped", "stopped"),
    ],
)
def test_a_verb_moves_a_campaign_and_asking_twice_is_no_error(verb: Verb, before: State, following: State) -> None:
    assert after(verb, before) == following


@pytest.mark.parametrize(
    ("verb", "state"), [("start", "paused"), ("pause", "draft"), ("resume", "stopped"), ("stop", "finished")]
)
def test_a_verb_that_does_not_fit_is_refused(verb: Verb, state: State) -> None:
    with pytest.raises(Refused):
        after(verb, state)


def test_a_running_campaign_offers_pause_and_stop() -> None:
    assert verbs("running") == ["pause", "stop"]


def test_a_draft_may_change_in_every_field_and_a_running_campaign_only_in_its_pace() -> None:
    other = replace(FIELDS, base_id=UUID(int=9), trunk_id=UUID(int=9), max_cps=9)
    assert fixed("draft", FIELDS, other) == []
    assert fixed("paused", FIELDS, other) == ["base_id"]
    assert fixed("running", FIELDS, other) == ["base_id", "trunk_id"]


@pytest.mark.parametrize(
    "change", [{"max_channels": 0}, {"max_cps": 0}, {"abandon_limit": 1.5}, {"caller_id": "me"}, {"name": "  "}]
)
def test_limits_names_and_numbers_are_checked(change: dict[str, object]) -> None:
    assert [problem.field for problem in problems(replace(FIELDS, **change))] == list(change)
