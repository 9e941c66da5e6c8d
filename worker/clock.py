"""The clock: one leader among all workers, by a lease, enqueues what must happen without anybody asking.

Every second a dial job for each workspace that dials and has no dialer; every few minutes the sweeps.
"""

import asyncio
from uuid import uuid4

import structlog

from ringyard.kit.cache import cache
from ringyard.kit.db import core
from tenants import jobs
from worker.dialing.lease import held

log = structlog.get_logger()
LEADER = "ringyard:clock"
TTL_MS = 4_000
TICK_S = 1.0
_LEAD = """
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""


async def run_clock() -> None:
    """For ever; whatever fails is tried again with the next tick."""
    holder = uuid4().hex
    while True:
        try:
            if await cache().eval(_LEAD, 1, LEADER, holder, TTL_MS):
                await start_lapsed_dialers()
        except Exception:
            log.exception("clock tick failed")
        await asyncio.sleep(TICK_S)


async def start_lapsed_dialers() -> None:
    """A dial job wherever campaigns may run and nobody holds the lease; two of them do no harm."""
    async with core() as connection:
        rows = await connection.fetch(
            "select schema from core.workspaces where dialing_since is not null and status = 'active'"
        )
    for row in rows:
        if not await held(row["schema"]):
            jobs.send("dial", row["schema"], {})
