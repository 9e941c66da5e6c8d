"""A list dialed to its end through the whole product: its rate, its CPU, and whether rows and INVITEs agree."""

import time
from collections import Counter
from dataclasses import dataclass

from ringyard.bench import campaigns
from ringyard.bench.campaigns import Campaign
from ringyard.bench.far_end import rate
from ringyard.bench.house import House
from ringyard.bench.processor import cpu_seconds
from tenants.workspace import workspace

CHANNELS = 48
"""Calls at once: more of them wait for each other on two cores, for bare calls too."""

SLOWEST = 10.0
"""Attempts per second below which the run is given up."""


@dataclass(frozen=True, slots=True)
class Dialed:
    """`per_second`: attempts, first INVITE to last; `took_s`: from the order to start to the state `finished`."""

    attempts: int
    answered: int
    per_second: float
    took_s: float
    cpu_ms: dict[str, float]
    faults: list[str]


async def dial_a_list(house: House, contacts: int) -> Dialed:
    """CPU is in milliseconds per attempt and part. Raises LocalError."""
    campaign = await campaigns.draft(house, "The list", "+4860", contacts, CHANNELS)
    names = list(house.supervisor.parts)
    before, began = cpu_seconds(house.supervisor, names), time.monotonic()
    await campaigns.start(campaign)
    await campaigns.ended(campaign, 60 + contacts / SLOWEST)
    took, after = time.monotonic() - began, cpu_seconds(house.supervisor, names)
    results = await _results(campaign)
    attempts = sum(results.values())
    return Dialed(
        attempts,
        results["answered"],
        rate(house.far_end.invites(campaign.prefix)),
        took,
        {name: 1000 * (after[name] - before[name]) / max(1, attempts) for name in names},
        await _disagreements(house, campaign, contacts),
    )


async def _results(campaign: Campaign) -> Counter[str]:
    async with workspace() as connection:
        rows = await connection.fetch(
            "select coalesce(result, 'none') as result, count(*) from calls where campaign_id = $1 group by 1",
            campaign.id,
        )
    return Counter({row["result"]: row["count"] for row in rows})


async def _disagreements(house: House, campaign: Campaign, contacts: int) -> list[str]:
    async with workspace() as connection:
        rows = await connection.fetch("select number from calls where campaign_id = $1", campaign.id)
    recorded = Counter(row["number"] for row in rows)
    invited = Counter(invite.number for invite in house.far_end.invites(campaign.prefix))
    return disagreements(recorded, invited, contacts)


def disagreements(recorded: Counter[str], invited: Counter[str], contacts: int) -> list[str]:
    """What breaks the promise that each attempt row has exactly one INVITE, and each contact its attempt. By number."""
    found = {
        "attempts without an INVITE": (recorded - invited).total(),
        "INVITEs without an attempt": (invited - recorded).total(),
        "numbers called twice": sum(1 for times in invited.values() if times > 1),
        "contacts never called": contacts - len(recorded),
    }
    return [f"{count} {what}" for what, count in found.items() if count]
