"""A change of many contacts at once, while a campaign of their base dials."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ringyard.bench import campaigns
from ringyard.bench.contacts.base_rows import Contents
from ringyard.bench.contacts.client import Client
from ringyard.bench.house import House
from ringyard.local.waiting import until
from tenants.campaigns.moving import move
from tenants.workspace import workspace

PER_SECOND, CHANNELS = 20, 20
"""Of the campaign: it is to go on as before, not to show what the machine can dial."""

WARM_CALLS, WARM_LIMIT_S = 100, 300.0
BEFORE_S = 8.0


@dataclass(frozen=True, slots=True)
class Bulk:
    """`took_s` of each change from the order to its end, by the server's clock. Attempts are INVITEs per second."""

    changed: int
    took_s: dict[str, float]
    attempts_before: float
    attempts_during: float


async def change_while_dialing(house: House, client: Client, contents: Contents) -> Bulk:
    """Every tenth contact of the workspace gets a category, then somebody responsible. Raises LocalError."""
    campaign = await campaigns.over_base(house, "Beside bulk", contents.main, CHANNELS, PER_SECOND)
    await campaigns.start(campaign)
    first = _called(house)
    await until(
        lambda: _more_than(house, first + WARM_CALLS), WARM_LIMIT_S, "The campaign beside bulk changes does not dial."
    )
    before = await _rate(house)
    began, called = time.time(), _called(house)
    done = {
        "category": await _changed(client, contents, "category_add", str(contents.categories[0])),
        "responsible": await _changed(client, contents, "responsible", str(contents.agents[0])),
    }
    during = (_called(house) - called) / (time.time() - began)
    async with workspace():
        await move(campaign.id, "stop")
    took = {name: _seconds(one) for name, one in done.items()}
    return Bulk(min(one["total"] for one in done.values()), took, before, during)


async def _changed(client: Client, contents: Contents, kind: str, value: str) -> Any:
    chosen = {"filter": {"category_id": str(contents.every_tenth)}}
    made = await client.post("/contacts/bulk", {"kind": kind, "value": value, **chosen})
    return await client.ended(f"/operations/{made['id']}")


def _seconds(operation: Any) -> float:
    took = datetime.fromisoformat(operation["finished_at"]) - datetime.fromisoformat(operation["created_at"])
    return took.total_seconds()


def _called(house: House) -> int:
    return len(house.far_end.invites("+"))


async def _more_than(house: House, count: int) -> bool:
    return _called(house) > count


async def _rate(house: House) -> float:
    began, called = time.time(), _called(house)
    await asyncio.sleep(BEFORE_S)
    return (_called(house) - called) / (time.time() - began)
