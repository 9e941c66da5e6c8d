"""Controlling one Asterisk node: owner of the node's application by a lease in Redis, until a signal comes.

The command that runs this, and says who sends jobs, is `ringyard controller`.
"""

import asyncio
import signal
from contextlib import suppress
from uuid import uuid4

import structlog

from pbx.controller import Controller
from pbx.gateways import close_gateways, gateway, node_settings
from pbx.health import say_gone
from ringyard.kit.cache import cache, close_cache, open_cache
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.settings import Settings

log = structlog.get_logger()
LEASE_MS = 4_000
_HOLD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""


class LeaseLostError(RuntimeError):
    """Another controller has the node now; this one must end."""


async def control(config: Settings, node: str) -> None:
    """Control the node until SIGTERM or SIGINT. Raises LeaseLostError, AppTakenError (in a group)."""
    await open_pool(config.role_url("app"), config.database_pool_size)
    await open_cache(config.redis_url)
    try:
        await _until_signal(config, node)
    finally:
        await close_gateways()
        await close_cache()
        await close_pool()


async def _until_signal(config: Settings, node: str) -> None:
    work = asyncio.create_task(_hold_and_run(config, node))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with suppress(asyncio.CancelledError):
        await work
    await say_gone(node)


async def _hold_and_run(config: Settings, node: str) -> None:
    """Wait for the node's lease, then control it as long as the lease is held."""
    key, holder = f"ringyard:controller:{node}", uuid4().hex
    while not await _hold(key, holder):  # noqa: ASYNC110 - the other holder is another process
        await asyncio.sleep(LEASE_MS / 8000)
    async with asyncio.TaskGroup() as group:
        group.create_task(_keep(key, holder))
        group.create_task(Controller(node_settings(config, node), gateway(config, node)).run())


async def _keep(key: str, holder: str) -> None:
    while True:
        await asyncio.sleep(LEASE_MS / 4000)
        if not await _hold(key, holder):
            raise LeaseLostError(key)


async def _hold(key: str, holder: str) -> bool:
    return bool(await cache().eval(_HOLD, 1, key, holder, LEASE_MS))
