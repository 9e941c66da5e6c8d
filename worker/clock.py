"""The clock: one leader among all workers, by a lease, enqueues what must happen without anybody asking.

Every second a dial job for each workspace that dials and has no dialer; every minute a sweep of each workspace.
"""

import asyncio
import time
from uuid import uuid4

import structlog

from ringyard.kit.cache import cache
from ringyard.kit.db import core
from tenants import jobs, registry
from worker.dialing.lease import held

log = structlog.get_logger()
LEADER = "ringyard:clock"
TTL_MS = 4_000
TICK_S = 1.0
SWEEP_S = 60.0
_LEAD = """
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""


async def run_clock() -> None:
    """For ever; whatever fails is tried again with the next tick."""
    holder, swept_at = uuid4().hex, 0.0
    while True:
        try:
            if await cache().eval(_LEAD, 1, LEADER, holder, TTL_MS):
                await start_lapsed_dialers()
                if time.monotonic() - swept_at >= SWEEP_S:
                    swept_at = time.monotonic()
                    await sweep_all()
        except Exception:
            log.exception("clock tick failed")
        await asyncio.sleep(TICK_S)


async def sweep_all() -> None:
    """A sweep for each workspace, and the sign-ups that nobody confirmed forgotten."""
    for tenant in await registry.all_active():
        jobs.send("sweep", tenant.schema, {})
    async with core() as connection:
        await connection.execute(
            "delete from core.signups where workspace_id is null and expires_at < now() - interval '7 days'"
        )


async def start_lapsed_dialers() -> None:
    """A dial job wherever campaigns may run and nobody holds the lease; two of them do no harm."""
    async with core() as connection:
        rows = await connection.fetch(
            "select schema from core.workspaces where dialing_since is not null and status = 'active'"
        )
    for row in rows:
        if not await held(row["schema"]):
            jobs.send("dial", row["schema"], {})
