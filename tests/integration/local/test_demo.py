"""The demo workspace: alive at the first start, unharmed by the second."""

import phonenumbers
import pytest

from ringyard.accounts import passwords
from ringyard.kit.settings import Settings
from ringyard.local.demo import seed
from tenants import registry
from tenants.campaigns.fields import CampaignView
from tenants.campaigns.moving import move
from tenants.campaigns.service import list_campaigns
from tenants.context import acting_for
from tenants.workspace import workspace
from tests.support.jobs import Recorder

PASSWORD = "a demo password"


@pytest.fixture
async def seeded(settings: Settings, jobs: Recorder) -> Settings:
    await seed(settings, PASSWORD)
    return settings


async def campaigns() -> dict[str, CampaignView]:
    async with workspace():
        return {campaign.name: campaign for campaign in (await list_campaigns()).items}


async def test_a_newcomer_finds_ten_thousand_contacts_a_past_and_a_running_campaign(
    seeded: Settings, jobs: Recorder
) -> None:
    tenant = await registry.by_slug("demo")
    assert tenant is not None
    with acting_for(tenant):
        async with workspace() as connection:
            numbers = [row["number"] for row in await connection.fetch("select number from phones")]
            results = {row["result"] for row in await connection.fetch("select distinct result from calls")}
            heard = await connection.fetchval("select count(*) from recordings")
            stored = await connection.fetchval("select password_hash from users")
        found = await campaigns()
    assert len(numbers) == len(set(numbers)) == 10_000
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers[::50])
    assert {number[:3] for number in numbers} == {"+48", "+38", "+49"}
    assert {"answered", "no_answer", "busy", "bad_number", "unavailable", "congestion", "machine", "lost"} <= results
    assert heard > 0
    assert await passwords.matches(PASSWORD, stored)
    assert sorted(campaign.state for campaign in found.values()) == ["finished", "running"]
    assert all(sum(one.counts.reasons.values()) == sum(one.counts.contacts.values()) for one in found.values())
    assert jobs.names() == ["enrol", "dial"]


async def test_a_second_start_adds_nothing_and_takes_the_new_password(seeded: Settings, jobs: Recorder) -> None:
    jobs.sent.clear()
    await seed(seeded, "another password")
    tenant = await registry.by_slug("demo")
    assert tenant is not None
    with acting_for(tenant):
        async with workspace() as connection:
            contacts = await connection.fetchval("select count(*) from contacts")
            stored = await connection.fetchval("select password_hash from users")
        assert len(await campaigns()) == 2
    assert contacts == 10_000
    assert await passwords.matches("another password", stored)
    assert jobs.names() == []


async def test_once_the_campaign_has_finished_the_next_start_begins_a_new_one(seeded: Settings, jobs: Recorder) -> None:
    tenant = await registry.by_slug("demo")
    assert tenant is not None
    with acting_for(tenant):
        async with workspace() as connection:
            await connection.execute("update campaigns set state = 'finished'")
        await seed(seeded, PASSWORD)
        assert [one.state for one in (await campaigns()).values()].count("running") == 1


async def test_a_campaign_that_somebody_stopped_stays_stopped(seeded: Settings, jobs: Recorder) -> None:
    tenant = await registry.by_slug("demo")
    assert tenant is not None
    with acting_for(tenant):
        running = next(one for one in (await campaigns()).values() if one.state == "running")
        async with workspace():
            await move(running.id, "stop")
        await seed(seeded, PASSWORD)
        assert {one.state for one in (await campaigns()).values()} == {"finished", "stopped"}
