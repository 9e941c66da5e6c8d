"""An installation of the bench's own: a folder, ports and servers that nobody else uses, real processes, one SIPp."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pbx.node import LocalNode
from ringyard.accounts import nodes
from ringyard.bench.far_end import FarEnd, far_end
from ringyard.kit.cache import close_cache, open_cache
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.settings import NodeSettings, Settings
from ringyard.local import readiness
from ringyard.local.asterisk_nodes import controller_program, local_node, node_program, node_settings
from ringyard.local.asterisk_tree import asterisk_tree
from ringyard.local.data_servers import start_postgres, start_redis
from ringyard.local.installation import current, save
from ringyard.local.ports import Ports, any_free
from ringyard.local.supervisor import Supervisor
from ringyard.local.up import web_program, worker_program
from ringyard.local.waiting import until
from tenants.jobs import use_sender
from tenants.migrate import bootstrap
from worker.broker import BrokerSender, make_broker

KEPT = ("RINGYARD_ASTERISK_TREE",)
READY_LIMIT_S = 60.0
RTP_PORTS = 8000
"""Ended calls hold theirs for a while: 64 for each call per second."""

MAX_CHANNELS, MAX_CPS = 2000, 1000
"""Far above what a machine does: the limits of node, trunk and campaign must not be what is measured."""


@dataclass(frozen=True)
class House:
    settings: Settings
    supervisor: Supervisor
    node: NodeSettings
    far_end: FarEnd

    @property
    def controller(self) -> str:
        return controller_program(self.node).name

    @property
    def home(self) -> Path:
        return self.supervisor.home

    async def start_product(self) -> None:
        """Controller, worker and web, as `ringyard up` starts them. Raises LocalError when one is not ready in time."""
        for program in (controller_program(self.node), worker_program(), web_program()):
            await self.supervisor.start(program)
        await until(self._ready, READY_LIMIT_S, f"The product is not ready after a minute: see {self.home}/log.")

    async def _ready(self) -> bool:
        return not await readiness.all_parts_ready(self.settings)

    @asynccontextmanager
    async def without_controller(self) -> AsyncIterator[None]:
        """The node is left to whoever measures it bare: the controller would hear every call."""
        await self.supervisor.stop(self.controller)
        yield
        await self.supervisor.start(controller_program(self.node))
        await until(self._ready, READY_LIMIT_S, f"The controller is not ready after a minute: see {self.home}/log.")


@asynccontextmanager
async def house(home: Path, say: Callable[[str], None]) -> AsyncIterator[House]:
    """Servers, node and far end run, this process may use the database; the product itself is not started yet.

    Whatever the environment names, nothing of another installation is touched. Raises LocalError.
    """
    _forget_environment()
    async with Supervisor(home, say=say) as supervisor:
        made = await _made(supervisor)
        await open_pool(made.settings.role_url("app"), made.settings.database_pool_size)
        await open_cache(made.settings.redis_url)
        use_sender(BrokerSender(make_broker(made.settings.redis_url)))
        try:
            await nodes.write(made.settings)
            yield made
        finally:
            await close_cache()
            await close_pool()


def _forget_environment() -> None:
    for name in [name for name in os.environ if name.startswith("RINGYARD_") and name not in KEPT]:
        del os.environ[name]
    os.environ["RINGYARD_PORT"] = str(any_free())


async def _made(supervisor: Supervisor) -> House:
    home = supervisor.home
    database_url = await start_postgres(supervisor, outlives=False)
    redis_url = await start_redis(supervisor, outlives=False)
    current(home)
    settings = save(home, database_url, redis_url, None, [])
    await bootstrap(settings)
    node = _node(home, settings)
    node.configure()
    await supervisor.start(node_program(node))
    sipp = far_end(home)
    await supervisor.start(sipp.program())
    described = node_settings(node).model_copy(update={"max_channels": MAX_CHANNELS, "max_cps": MAX_CPS})
    settings = save(home, database_url, redis_url, None, [described])
    await until(lambda: readiness.ari_answers(described), READY_LIMIT_S, f"The node does not answer: see {home}/log.")
    return House(settings, supervisor, described, sipp)


def _node(home: Path, settings: Settings) -> LocalNode:
    node = local_node(home, "node1", asterisk_tree(), settings.role_url("asterisk"))
    first = Ports(home).take_range("bench-rtp", RTP_PORTS)
    return replace(node, ports=replace(node.ports, rtp_start=first, rtp_end=first + RTP_PORTS - 1))
