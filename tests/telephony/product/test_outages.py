"""Parts that die or freeze in mid-campaign: nobody is dialed twice, nobody is lost, every place is given back."""

import asyncio
import signal
from collections import Counter

import pytest

from tests.support.customers import Campaign, Customer, numbers
from tests.support.nodes import RunningNode
from tests.support.product import Part
from tests.support.sip_peers import Peer, peer

FROZEN_S = 8.0
PEOPLE, CPS = 60, 12


async def begun(acme: Customer, far_end: Peer, people: list[str]) -> Campaign:
    """In full swing."""
    campaign = await acme.campaign(people, far_end, max_cps=CPS)
    await campaign.until_calls(10)
    return campaign


async def is_in_order(campaign: Campaign, far_end: Peer, people: list[str]) -> None:
    """To its end: everybody has exactly one attempt, and each attempt one INVITE.

    A call in the hands of a part as it died counts as made, though the far end may not have seen it: it is lost.
    """
    await campaign.until_state("finished", 180)
    await campaign.until_quiet(180)
    calls = await campaign.calls()
    assert Counter(row["number"] for row in calls) == Counter(people), await campaign.picture()
    invites = Counter(far_end.called())
    assert max(invites.values()) == 1
    unseen = [row for row in calls if row["number"] not in invites]
    assert {row["result"] for row in unseen} <= {"lost", "network"}, await campaign.picture()
    assert {row["result"] for row in calls} <= {"answered", "lost", "network"}, await campaign.picture()
    assert {row["state"] for row in await campaign.targets()} == {"done"}
    assert sum(row["result"] == "answered" for row in calls[-10:]) >= 8, "all is well again at the end"


async def test_a_killed_worker(acme: Customer) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await begun(acme, far_end, people)
        acme.product.worker.kill()
        acme.product.worker.start()
        await is_in_order(campaign, far_end, people)


async def test_a_killed_controller(acme: Customer) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await begun(acme, far_end, people)
        acme.product.controllers["node1"].kill()
        acme.product.controllers["node1"].start()
        await is_in_order(campaign, far_end, people)


async def test_a_killed_node(acme: Customer) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await begun(acme, far_end, people)
        acme.product.nodes["node1"].kill()
        await acme.product.node_is_unwatched("node1")
        acme.product.nodes["node1"].start()
        await is_in_order(campaign, far_end, people)


@pytest.mark.parametrize("seconds", [1.5, FROZEN_S])
async def test_a_frozen_node(acme: Customer, seconds: float) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await begun(acme, far_end, people)
        acme.product.nodes["node1"].signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)  # the fault itself: below and above what its controller notices
        acme.product.nodes["node1"].signal(signal.SIGCONT)
        await is_in_order(campaign, far_end, people)


async def test_a_frozen_worker(acme: Customer) -> None:
    """Its lease is gone when it wakes: whatever it still has in hand is settled once."""
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await begun(acme, far_end, people)
        acme.product.worker.signal(signal.SIGSTOP)
        await asyncio.sleep(FROZEN_S)  # the fault itself: longer than the lease
        acme.product.worker.signal(signal.SIGCONT)
        await is_in_order(campaign, far_end, people)


async def test_everything_killed_at_once(acme: Customer) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await begun(acme, far_end, people)
        product = acme.product
        dying: list[Part | RunningNode] = [product.worker, product.controllers["node1"], product.nodes["node1"]]
        for part in dying:
            part.kill()
        for part in dying:
            part.start()
        await is_in_order(campaign, far_end, people)
