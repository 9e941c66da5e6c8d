"""A customer of the bench with lists to dial: made through the same services that pages and API use."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from ringyard.accounts.opening import Owner, open_workspace
from ringyard.accounts.passwords import hashed
from ringyard.bench.far_end import HOST, numbers
from ringyard.bench.house import MAX_CPS, House
from ringyard.kit.db import connection
from ringyard.kit.ids import new_id
from ringyard.local.faults import LocalError
from tenants.bases.fields import BaseFields
from tenants.bases.service import create_base
from tenants.campaigns.fields import CampaignFields
from tenants.campaigns.moving import move
from tenants.campaigns.service import create_campaign
from tenants.campaigns.wake import mark_dialing
from tenants.context import Tenant
from tenants.scenarios.fields import Destination, ScenarioFields
from tenants.scenarios.service import create_scenario
from tenants.trunks.fields import MOST_CHANNELS, TrunkFields
from tenants.trunks.service import create_trunk
from tenants.workspace import workspace

SLUG, LOGIN, PASSWORD = "bench", "bench@ringyard.localhost", "only for the bench 1"
LOOK_S = 1.0


@dataclass(frozen=True, slots=True)
class Campaign:
    id: UUID
    base_id: UUID
    prefix: str


async def customer(house: House, slug: str = SLUG) -> Tenant:
    """A new workspace, whose owner signs in with `LOGIN` and `PASSWORD`."""
    owner = Owner("Bench", LOGIN, await hashed(PASSWORD))
    return await open_workspace(house.settings, slug, "Bench", "PL", owner)


async def draft(house: House, name: str, prefix: str, contacts: int, channels: int) -> Campaign:
    """A broadcast campaign round the clock whose answered calls are hung up at once, as bare calls are.

    A customer may ask for so many calls per second at most; the bench lets go of that, it wants the product's limit."""
    async with workspace() as here:
        base = await create_base(BaseFields(name=name))
        campaign_id = await _campaign(house, name, base.id, channels, MAX_CPS)
        await _contacts(here, base.id, prefix, contacts)
    return Campaign(campaign_id, base.id, prefix)


async def over_base(house: House, name: str, base_id: UUID, channels: int, per_second: int) -> Campaign:
    """The same over a base that is there; `per_second` calls at most."""
    async with workspace():
        return Campaign(await _campaign(house, name, base_id, channels, per_second), base_id, "+")


async def _campaign(house: House, name: str, base_id: UUID, channels: int, per_second: int) -> UUID:
    scenario = await create_scenario(_round_the_clock(name))
    port = house.far_end.port
    trunk = await create_trunk(TrunkFields(name=name, kind="ip", host=HOST, port=port, max_channels=MOST_CHANNELS))
    fields = CampaignFields(
        name=name, base_id=base_id, scenario_id=scenario.id, trunk_id=trunk.id, max_channels=channels
    )
    made = await create_campaign(fields)
    await connection().execute("update trunks set max_cps = $2 where id = $1", trunk.id, per_second)
    await connection().execute("update campaigns set max_cps = $2 where id = $1", made.id, per_second)
    return made.id


def _round_the_clock(name: str) -> ScenarioFields:
    return ScenarioFields(
        name=name,
        starts_at="00:00",
        ends_at="24:00",
        weekdays=[1, 2, 3, 4, 5, 6, 7],
        redials=0,
        destination=Destination("terminate"),
    )


async def _contacts(here: asyncpg.Connection, base_id: UUID, prefix: str, count: int) -> None:
    people = [(new_id(), number) for number in numbers(prefix, count)]
    await here.copy_records_to_table(
        "contacts", records=[(key, base_id, number) for key, number in people], columns=["id", "base_id", "name"]
    )
    await here.copy_records_to_table(
        "phones",
        records=[(key, 0, number, "PL", "Europe/Warsaw") for key, number in people],
        columns=["contact_id", "position", "number", "region", "timezone"],
    )


async def start(campaign: Campaign) -> None:
    await mark_dialing()
    async with workspace():
        await move(campaign.id, "start")


async def ended(campaign: Campaign, limit_s: float) -> None:
    """Wait until the campaign has finished. Raises LocalError with where its contacts stand when it does not."""
    try:
        async with asyncio.timeout(limit_s):
            while await _state(campaign) == "running":  # noqa: ASYNC110 - other processes do the work
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        raise LocalError(f"A campaign did not end within {limit_s:.0f} s: {await _standing(campaign)}.") from None


async def _state(campaign: Campaign) -> str:
    async with workspace() as here:
        return str(await here.fetchval("select state from campaigns where id = $1", campaign.id))


async def _standing(campaign: Campaign) -> str:
    async with workspace() as here:
        rows = await here.fetch(
            """select t.reason, k.state, count(*) from targets t
               left join calls k on k.campaign_id = t.campaign_id and k.contact_id = t.contact_id
               where t.campaign_id = $1 group by 1, 2 order by 1, 2""",
            campaign.id,
        )
    return ", ".join(f"{row['count']} {row['reason']} with call {row['state'] or 'none'}" for row in rows)
