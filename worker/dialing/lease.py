"""The dial lease of a workspace: one dialer at a time in Redis, a fencing number in Postgres for when Redis errs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import structlog

from ringyard.kit.cache import cache
from ringyard.kit.tasks import end
from tenants.campaigns.reserve import next_fence
from tenants.context import current
from tenants.workspace import workspace

log = structlog.get_logger()
TTL_MS = 5_000
_RENEW_S = 1.0
_RENEW = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0"
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


def key(schema: str) -> str:
    return f"{schema}:dialing"


class Lease:
    """`fence` is checked by every reservation; `lost` once the lease could not be renewed."""

    def __init__(self, fence: int) -> None:
        self.fence = fence
        self.lost = False


@asynccontextmanager
async def dial_lease() -> AsyncIterator[Lease | None]:
    """The current workspace's lease, renewed while inside; None when another dialer holds it."""
    name, holder = key(current().schema), uuid4().hex
    if not await cache().set(name, holder, nx=True, px=TTL_MS):
        yield None
        return
    try:
        async with workspace():
            lease = Lease(await next_fence())
        renewing = asyncio.create_task(_renew(lease, name, holder))
        try:
            yield lease
        finally:
            await end(renewing)
    finally:
        await cache().eval(_RELEASE, 1, name, holder)


async def _renew(lease: Lease, name: str, holder: str) -> None:
    while not lease.lost:
        await asyncio.sleep(_RENEW_S)
        try:
            async with asyncio.timeout(TTL_MS / 2000):
                lease.lost = not await cache().eval(_RENEW, 1, name, holder, TTL_MS)
        except Exception:
            log.exception("dial lease not renewed")
            lease.lost = True


async def held(schema: str) -> bool:
    return bool(await cache().exists(key(schema)))
