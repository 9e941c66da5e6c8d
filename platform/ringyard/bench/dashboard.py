"""Requests per second of the dashboard, signed in, on one web process; beside it the same process's smallest answer
and the dashboard's own queries, bare on asyncpg."""

import asyncio
import time
from dataclasses import dataclass

import asyncpg

from ringyard.bench.campaigns import LOGIN, PASSWORD, SLUG
from ringyard.bench.house import House
from ringyard.bench.http import AT_ONCE, SECONDS, requests_per_second, sign_in
from ringyard.bench.processor import cpu_seconds
from ringyard.kit.clock import now
from tenants.calls import stats
from tenants.campaigns.overview import parts_of
from tenants.campaigns.service import list_campaigns
from tenants.context import current
from tenants.workspace import workspace

PARTS = ("web", "postgres")
Query = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Each in requests per second; `cpu_ms` of the parts, in milliseconds per page."""

    page: float
    cpu_ms: dict[str, float]
    smallest: float
    queries_alone: float


async def dashboard(house: House) -> Dashboard:
    known = house.settings
    host = known.netloc(f"{SLUG}.{known.domain}")
    cookie = await sign_in(known, SLUG, LOGIN, PASSWORD)
    before = cpu_seconds(house.supervisor, PARTS)
    page = await requests_per_second(known.port, host, "/", cookie)
    after = cpu_seconds(house.supervisor, PARTS)
    return Dashboard(
        page,
        {name: 1000 * (after[name] - before[name]) / (page * SECONDS) for name in PARTS},
        await requests_per_second(known.port, known.netloc(known.domain), "/healthz"),
        await _queries_per_second(house),
    )


async def _queries_per_second(house: House) -> float:
    """All of the page's queries as one request, over and over on as many connections as the page has visitors."""
    queries = await _recorded()
    began = time.monotonic()
    asked = (_ask(house.settings.database_url, current().schema, queries, began + SECONDS) for _ in range(AT_ONCE))
    counts = await asyncio.gather(*asked)
    return sum(counts) / (time.monotonic() - began)


async def _recorded() -> list[Query]:
    """What the page asks of the database, taken down while it asks (base figures come from Redis, as for the page)."""
    noted: list[Query] = []
    async with workspace() as connection:
        with connection.query_logger(lambda query: noted.append((query.query, tuple(query.args)))):
            at = now()
            await stats.load(at)
            await stats.hours(at)
            await stats.bases(at)
            await parts_of([campaign.id for campaign in (await list_campaigns(8, state="running")).items])
    return noted


async def _ask(url: str, schema: str, queries: list[Query], ends: float) -> int:
    connection = await asyncpg.connect(url, server_settings={"search_path": schema})
    count = 0
    try:
        while time.monotonic() < ends:
            for query, values in queries:
                await connection.fetch(query, *values)
            count += 1
    finally:
        await connection.close()
    return count
