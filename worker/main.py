"""The worker process: the broker's threads, one event loop for every async job, and the clock."""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable

import structlog
import uvloop
from dramatiq import Worker
from dramatiq.asyncio import EventLoopThread, set_event_loop_thread

from pbx.gateways import close_gateways
from ringyard.kit.cache import cache, close_cache, open_cache
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.log import configure_logging
from ringyard.kit.settings import Settings, settings
from tenants import jobs
from worker.broker import BrokerSender, make_broker
from worker.clock import run_clock

log = structlog.get_logger()
ALIVE, ALIVE_S = "ringyard:worker:alive", 5
POLL_MS = 50
"""How often a queue is looked at while it is empty."""

PATIENCE_S = 1.0
"""How long a thread waits for a job before it looks whether to end; a job that comes wakes one at once. Dramatiq would
wake every thread at each poll: with our many threads a tenth of a core for nothing."""

THREADS = 32
"""A job holds its thread while it waits on the loop, and dial jobs do little else: so many workspaces dial at once."""


def main() -> None:
    config = settings()
    configure_logging(config.log_level)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    broker = make_broker(config.redis_url)
    jobs.use_sender(BrokerSender(broker))
    declare_actors()
    stop = _stop_on_signals()
    loop = _start_loop()
    loop.run_coroutine(_open(config))
    worker = Worker(broker, worker_threads=THREADS, worker_timeout=POLL_MS)
    worker.start()
    for thread in worker.workers:
        thread.timeout = PATIENCE_S
    background = asyncio.run_coroutine_threadsafe(_background(), loop.loop)
    background.add_done_callback(lambda _ended: stop.set())  # a worker without its clock is better started anew
    stop.wait()
    background.cancel()
    worker.stop(timeout=15_000)
    loop.run_coroutine(_close())
    loop.stop()  # type: ignore[no-untyped-call]


def _start_loop() -> EventLoopThread:
    """Dramatiq's own middleware would start a loop for each of our three workers; connections want one."""
    loop = EventLoopThread(logging.getLogger(__name__))
    loop.start(timeout=5)
    set_event_loop_thread(loop)
    return loop


def declare_actors() -> None:
    """Import the actors, which declares them on the broker that is set."""
    from worker.actors import contacts, dialing, imports, junk, lists, operations, recordings, sweeping  # noqa: F401, PLC0415 - not before


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    handler: Callable[[int, object], None] = lambda _signal, _frame: stop.set()  # noqa: E731
    signal.signal(signal.SIGTERM, handler)
    signal.signal(signal.SIGINT, handler)
    return stop


async def _open(config: Settings) -> None:
    await open_pool(config.role_url("app"), config.database_pool_size)
    await open_cache(config.redis_url)


async def _close() -> None:
    await close_gateways()
    await close_pool()
    await close_cache()


async def _background() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(run_clock())
        group.create_task(_say_alive())


async def _say_alive() -> None:
    while True:
        try:
            await cache().set(ALIVE, "1", ex=ALIVE_S)
        except Exception:
            log.exception("not said that the worker is alive")
        await asyncio.sleep(ALIVE_S / 2)


if __name__ == "__main__":
    main()
