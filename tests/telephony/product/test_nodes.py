"""Two nodes: a workspace moves to the other one when its home is drained, or when nobody watches it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.customers import Campaign, Customer, numbers
from tests.support.product import Product, running_product
from tests.support.run import Run
from tests.support.sip_peers import peer
from tests.support.waiting import until

PEOPLE, CPS = 60, 4


@pytest.fixture(scope="module")
def product(run: Run, redis_url: str, home: Path) -> Iterator[Product]:
    with running_product(run, redis_url, home, nodes=2) as started:
        yield started


async def home_of(acme: Customer) -> str:
    return str(await acme.db.fetchval("select home_node from core.workspaces where id = $1", acme.tenant.id))


async def dials_from(campaign: Campaign, node: str) -> None:
    async def so() -> bool:
        return any(row["node"] == node for row in await campaign.calls())

    await until(so, 60, f"calls go out from {node}")


async def test_a_drained_home_gets_no_new_calls(acme: Customer) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(people, far_end, max_cps=CPS)
        before = await home_of(acme)
        await dials_from(campaign, before)
        acme.product.command("node", "drain", before)
        await campaign.until_state("finished")
        await campaign.until_quiet()
        assert sorted(far_end.called()) == sorted(people)
    after = await home_of(acme)
    assert after != before
    assert (await campaign.calls())[-1]["node"] == after
    acme.product.command("node", "undrain", before)


async def test_a_home_without_its_controller_is_left(acme: Customer) -> None:
    people = numbers(PEOPLE)
    with peer("hangs_up") as far_end:
        campaign = await acme.campaign(people, far_end, max_cps=CPS)
        before = await home_of(acme)
        other = next(name for name in acme.product.nodes if name != before)
        await dials_from(campaign, before)
        acme.product.controllers[before].kill()
        await dials_from(campaign, other)
        acme.product.controllers[before].start()
        await campaign.until_state("finished")
        await campaign.until_quiet()
        assert sorted(far_end.called()) == sorted(people)
    assert await home_of(acme) == other
    assert {row["result"] for row in await campaign.calls()} <= {"answered", "lost"}
