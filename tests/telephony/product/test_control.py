"""Start, pause, resume and stop, and the limits on channels and calls per second."""

from collections import Counter
from datetime import timedelta
from typing import Any

from ringyard.kit.clock import now
from tests.support.customers import Customer, numbers
from tests.support.sip_peers import peer

PROMPT = {"kind": "record", "target": "default"}
PROMPT_S = 3.86
AT_ONCE = timedelta(seconds=1)


def most_at_once(calls: list[Any]) -> int:
    """The largest number of calls that lived at the same time."""
    steps = sorted([(row["reserved_at"], 1) for row in calls] + [(row["ended_at"], -1) for row in calls])
    live = most = 0
    for _, step in steps:
        live += step
        most = max(most, live)
    return most


async def test_pause_lets_running_calls_end_and_resume_goes_on(acme: Customer) -> None:
    people = numbers(12)
    with peer("answers") as far_end:
        campaign = await acme.campaign(people, far_end, max_channels=5, destination=PROMPT)
        await campaign.until_live(5)
        await campaign.do("pause")
        paused_at = now()
        await campaign.until_quiet()
        calls = await campaign.calls()
        assert len(calls) < len(people)
        assert all(row["reserved_at"] <= paused_at + AT_ONCE for row in calls)
        assert all(row["result"] == "answered" and row["talk_s"] > PROMPT_S - 0.5 for row in calls)
        assert await campaign.state() == "paused"
        await campaign.do("resume")
        await campaign.until_state("finished")
        assert Counter(far_end.called()) == Counter(people)


async def test_stop_lets_running_calls_end_and_leaves_the_others_waiting(acme: Customer) -> None:
    people = numbers(10)
    with peer("answers") as far_end:
        campaign = await acme.campaign(people, far_end, max_channels=4, destination=PROMPT)
        await campaign.until_live(4)
        await campaign.do("stop")
        stopped_at = now()
        await campaign.until_quiet()
    calls = await campaign.calls()
    assert all(row["reserved_at"] <= stopped_at + AT_ONCE and row["result"] == "answered" for row in calls)
    states = Counter(row["state"] for row in await campaign.targets())
    assert states == {"done": len(calls), "waiting": len(people) - len(calls)}
    assert (await campaign.shown())["counts"]["reasons"]["campaign_not_running"] == len(people) - len(calls)


async def test_a_finished_campaign_started_again_calls_nobody_twice(acme: Customer) -> None:
    people = numbers(3)
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(people, far_end)
        await campaign.until_state("finished")
        await campaign.do("start")
        await campaign.until_state("finished")
        assert Counter(far_end.called()) == Counter(people)


async def test_never_more_calls_at_once_than_the_campaign_has_channels(acme: Customer) -> None:
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(numbers(24), far_end, max_channels=4)
        await campaign.until_state("finished")
    assert most_at_once(await campaign.calls()) == 4


async def test_two_campaigns_share_their_trunks_channels(acme: Customer) -> None:
    with peer("hangs_up") as far_end:
        first = await acme.campaign(numbers(12), far_end, trunk_channels=3)
        second = await acme.campaign(numbers(12), far_end, trunk_id=(await first.shown())["trunk_id"])
        await first.until_state("finished")
        await second.until_state("finished")
    assert most_at_once([*await first.calls(), *await second.calls()]) <= 3


async def test_calls_do_not_begin_faster_than_the_limit_per_second(acme: Customer) -> None:
    people, limit = numbers(24), 6
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(people, far_end, max_cps=limit)
        await campaign.until_state("finished")
    begun = [row["reserved_at"] for row in await campaign.calls()]
    burst = limit * 0.25 + 1
    assert (begun[-1] - begun[0]).total_seconds() >= (len(people) - burst) / limit * 0.95
