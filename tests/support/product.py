"""The whole product as it runs: nodes, controllers, worker and web as processes of their own, on their own database.

Every part can be killed, frozen and started again. What a customer does with it: customers.py.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import redis.asyncio as redis

from pbx.node import NodeDatabase
from ringyard.kit.settings import NodeSettings, Settings
from ringyard.local.asterisk_nodes import node_database, node_settings
from ringyard.local.ports import any_free
from tests.support.databases import copied, settings_for
from tests.support.nodes import RunningNode, running_node
from tests.support.run import Run
from tests.support.waiting import until

ROOT = Path(__file__).parent.parent.parent
RTP_PORTS = 4000
READY_S = 150.0


class Part:
    """One process of ours, started by its module's name; what it says goes to `<home>/<name>.log`."""

    def __init__(self, name: str, home: Path, *command: str) -> None:
        self.name = name
        self._home = home
        self._command = (sys.executable, "-m", *command)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = _environment(self._home)
        with (self._home / f"{self.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """As if the machine failed: nothing is tidied up."""
        self.signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    @property
    def log(self) -> str:
        return (self._home / f"{self.name}.log").read_text()


class Product:
    """`nodes`, `controllers` and their settings go by the node's name; `settings` are those of every process."""

    def __init__(self, settings: Settings, run: Run, nodes: dict[str, RunningNode]) -> None:
        self.settings = settings
        self.tenants = run.tenants
        self.nodes = nodes
        self.node_settings = {name: _roomy(node_settings(node.config)) for name, node in nodes.items()}
        home = settings.home
        self.worker = Part("worker", home, "worker.main")
        self.web = Part("web", home, "ringyard.cli", "serve")
        self.controllers = {
            name: Part(f"controller-{name}", home, "ringyard.cli", "controller", name) for name in nodes
        }

    @property
    def parts(self) -> list[Part]:
        return [self.web, self.worker, *self.controllers.values()]

    def configure(self) -> None:
        """The file that every process of this home reads."""
        known = self.settings
        values: dict[str, object] = {
            "PORT": known.port,
            "DATABASE_URL": known.database_url,
            "ROLE_PREFIX": known.role_prefix,
            "REDIS_URL": known.redis_url,
            "SECRET_KEY": known.secret_key,
            "LOG_LEVEL": "INFO",
            "NODES": json.dumps([node.model_dump() for node in self.node_settings.values()]),
        }
        lines = [f"RINGYARD_{name}='{value}'" for name, value in values.items()]
        (known.home / "ringyard.env").write_text("\n".join(lines) + "\n")

    def command(self, *words: str) -> None:
        """`ringyard ...` as an operator types it; it must succeed."""
        home = self.settings.home
        subprocess.run([sys.executable, "-m", "ringyard.cli", *words], cwd=home, env=_environment(home), check=True)

    async def ready(self) -> None:
        await self.web_answers()
        await self.worker_works()
        for name in self.nodes:
            await self.node_is_watched(name)

    async def web_answers(self) -> None:
        async with httpx.AsyncClient() as client:
            await until(lambda: _answers(client, self.settings.port), READY_S, f"the web answers: {self.web.log}")

    async def worker_works(self) -> None:
        await self._key("ringyard:worker:alive", there=True, what="the worker says that it is alive")

    async def node_is_watched(self, name: str) -> None:
        await self._key(f"ringyard:controller:{name}:alive", there=True, what=f"{name} is watched by its controller")

    async def node_is_unwatched(self, name: str) -> None:
        await self._key(f"ringyard:controller:{name}:alive", there=False, what=f"{name} is known to be lost")

    async def _key(self, key: str, *, there: bool, what: str) -> None:
        async with redis.Redis.from_url(self.settings.redis_url) as client:

            async def is_so() -> bool:
                return bool(await client.exists(key)) is there

            await until(is_so, READY_S, what)


@contextmanager
def running_product(run: Run, redis_url: str, home: Path, nodes: int = 1) -> Iterator[Product]:
    """The product on a fresh copy of the two workspaces; ended, with its database, on leaving."""
    settings = settings_for(run.servers.database_url, f"{run.name}_{home.name}", run.name, redis_url, home)
    settings.port = any_free()
    with asyncio.Runner() as runner, ExitStack() as stack:
        copy = copied(run.servers.database_url, run.template, settings)
        runner.run(copy.__aenter__())
        stack.callback(lambda: runner.run(copy.__aexit__(None, None, None)))
        runner.run(_flush(redis_url))
        database = node_database(settings.role_url("asterisk"))
        product = Product(settings, run, _nodes(stack, nodes, database))
        product.configure()
        for part in product.parts:
            part.start()
            stack.callback(part.kill)
        runner.run(product.ready())
        yield product


def _nodes(stack: ExitStack, count: int, database: NodeDatabase) -> dict[str, RunningNode]:
    names = [f"node{number}" for number in range(1, count + 1)]
    return {name: stack.enter_context(running_node(database, name, RTP_PORTS)) for name in names}


def _roomy(node: NodeSettings) -> NodeSettings:
    """Limits are tested where a test sets them."""
    return node.model_copy(update={"max_channels": 1000, "max_cps": 100})


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the tests' own settings: a process of the product finds all it needs in its home."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RINGYARD_")}
    paths = os.pathsep.join((str(ROOT), str(ROOT / "platform")))
    return {**kept, "RINGYARD_HOME": str(home), "PYTHONPATH": paths}


async def _answers(client: httpx.AsyncClient, port: int) -> bool:
    try:
        answer = await client.get(f"http://127.0.0.1:{port}/", headers={"Host": f"ringyard.localhost:{port}"})
    except httpx.TransportError:
        return False
    return answer.status_code == 200


async def _flush(url: str) -> None:
    async with redis.Redis.from_url(url) as client:
        await client.flushdb()
