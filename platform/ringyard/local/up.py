"""`ringyard up`: the whole product on one machine, in the foreground until it is told to stop."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import click

from ringyard.accounts import nodes as registered_nodes
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.settings import NodeSettings, Settings
from ringyard.kit.text import _
from ringyard.local import readiness
from ringyard.local.asterisk_nodes import controller_program, local_node, node_names, node_program, node_settings
from ringyard.local.asterisk_tree import asterisk_tree
from ringyard.local.data_servers import ADOPTED, start_data_servers
from ringyard.local.faults import LocalError
from ringyard.local.installation import current, save
from ringyard.local.ports import Ports, is_free
from ringyard.local.program import RINGYARD, Program
from ringyard.local.secrets import Secrets
from ringyard.local.supervisor import Supervisor
from ringyard.local.waiting import until
from tenants.migrate import bootstrap, migrate_all

READY_LIMIT_S = 60.0


async def run_up(home: Path, nodes: int, demo: bool) -> None:
    """Start everything, say so, and stop it all on SIGINT or SIGTERM. Raises LocalError."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Supervisor(home, adopts=ADOPTED, say=click.echo) as supervisor:
        starting = asyncio.create_task(start_everything(supervisor, nodes, demo))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            click.echo(starting.result())
            await stopping
        else:
            starting.cancel()
            await asyncio.wait([starting])
        click.echo(_("Stopping ..."))


async def start_everything(supervisor: Supervisor, nodes: int, demo: bool) -> str:
    """Start each part, wait until all are ready; the line that tells so. Raises LocalError."""
    settings = current(supervisor.home)
    if not is_free(settings.port):
        raise LocalError(_("Port {port} is in use: name a free one in RINGYARD_PORT.", port=settings.port))
    settings = await _start_servers(supervisor, nodes)
    await _start_parts(supervisor, settings)
    await _all_ready(supervisor, settings)
    if not demo:
        return _("Ringyard is up: {address}", address=settings.apex_url(""))
    await _make_demo(supervisor.home)
    return ready_line(settings, Secrets(supervisor.home).get("demo_password"))


def ready_line(settings: Settings, password: str) -> str:
    """The one line of the contract; programs wait for it, so it is not translated."""
    return (
        f"Ringyard is up: {settings.apex_url('')}  demo: {settings.workspace_url('demo', '')}  "
        f"(sign in: demo@{settings.domain} / {password})"
    )


async def _start_servers(supervisor: Supervisor, count: int) -> Settings:
    """Postgres, Redis, migrations and the nodes; the settings saved for every part."""
    home = supervisor.home
    data = await start_data_servers(supervisor)
    smtp_url = os.environ.get("RINGYARD_SMTP_URL") or await _start_mailbox(supervisor)
    settings = save(home, data.database_url, data.redis_url, smtp_url, [])
    await bootstrap(settings)
    await migrate_all(settings)
    if os.environ.get("RINGYARD_NODES"):
        await _tell_database(settings)
        return settings
    nodes = await _start_nodes(supervisor, settings, count)
    settings = save(home, data.database_url, data.redis_url, smtp_url, nodes)
    await _tell_database(settings)
    return settings


async def _start_nodes(supervisor: Supervisor, settings: Settings, count: int) -> list[NodeSettings]:
    tree = await asyncio.to_thread(asterisk_tree)
    nodes = [local_node(supervisor.home, name, tree, settings.role_url("asterisk")) for name in node_names(count)]
    for node in nodes:
        node.configure()
        await supervisor.start(node_program(node))
    return [node_settings(node) for node in nodes]


async def _tell_database(settings: Settings) -> None:
    """Workspaces find their home among the nodes in the database."""
    await open_pool(settings.role_url("app"), 1)
    try:
        await registered_nodes.write(settings)
    finally:
        await close_pool()


async def _start_mailbox(supervisor: Supervisor) -> str:
    port = Ports(supervisor.home).take("smtp")
    folder = supervisor.home / "mail"
    await supervisor.start(
        Program("mailbox", (sys.executable, "-m", "ringyard.local.mailbox", str(port), str(folder)), stop_limit_s=3)
    )
    return f"smtp://127.0.0.1:{port}"


async def _start_parts(supervisor: Supervisor, settings: Settings) -> None:
    await readiness.forget_beats(settings)
    for node in settings.nodes:
        await supervisor.start(controller_program(node))
    await supervisor.start(worker_program())
    await supervisor.start(web_program())


def worker_program() -> Program:
    return Program("worker", (sys.executable, "-m", "worker.main"), stop_limit_s=20)


def web_program() -> Program:
    """An open live stream keeps a web process from ending by itself, so its limit is short."""
    return Program("web", (RINGYARD, "serve"), stop_limit_s=8)


async def _all_ready(supervisor: Supervisor, settings: Settings) -> None:
    waiting: list[str] = []

    async def nobody_missing() -> bool:
        waiting[:] = await readiness.all_parts_ready(settings)
        return not waiting

    with contextlib.suppress(LocalError):
        await until(nobody_missing, READY_LIMIT_S, "")
        return
    raise LocalError(
        _("Not ready after a minute: {parts}. See {logs}.", parts=", ".join(waiting), logs=supervisor.home / "log")
    )


async def _make_demo(home: Path) -> None:
    """Demo data in a process of its own: it opens databases and pools that this one has no need of."""
    log = home / "log" / "demo.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            RINGYARD, "demo", stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
            env={**os.environ, "RINGYARD_DEMO_PASSWORD": Secrets(home).get("demo_password")},
        )  # fmt: skip
    try:
        status = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        raise
    if status:
        raise LocalError(_("The demo workspace could not be made: see {log}.", log=log))
