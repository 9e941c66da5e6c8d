"""Postgres and Redis for one test run: those named in the environment, else own ones by the product's ladder.

The first test process that needs them starts them; the run's main process stops them at its end.
"""

import asyncio
import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from ringyard.local import postgres, redis
from ringyard.local.ports import any_free
from tests.support.waiting import until

_PASSWORD = "only-for-tests"
# The data dies with the run, so nothing is worth waiting for the disk.
_HURRIED = [f"-c{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")]


_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Servers:
    """`database_url` names the server's maintenance database; `redis_url` the first database number we may use."""

    database_url: str
    redis_url: str
    pids: list[int] = field(default_factory=list)
    guard: int | None = None
    folder: str | None = None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One test process at a time."""
    with path.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def running(note: Path) -> Servers:
    """The run's servers, started by whoever comes first and noted in a file for the others."""
    with locked(note):
        if not note.exists():
            note.write_text(json.dumps(asdict(_start())))
    return noted(note)


def noted(note: Path) -> Servers:
    return Servers(**json.loads(note.read_text()))


def stop(servers: Servers) -> None:
    if servers.guard:
        os.kill(servers.guard, signal.SIGKILL)
    for pid in servers.pids:
        os.kill(pid, signal.SIGINT)
    asyncio.run(_all_gone(servers.pids))
    if servers.folder:
        shutil.rmtree(servers.folder, ignore_errors=True)


async def _all_gone(pids: list[int]) -> None:
    await until(lambda: not any(_alive(pid) for pid in pids), deadline=20, what="the test servers have stopped")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _start() -> Servers:
    database = os.environ.get("RINGYARD_TEST_DATABASE_URL") or os.environ.get("RINGYARD_DATABASE_URL")
    cache = os.environ.get("RINGYARD_TEST_REDIS_URL") or os.environ.get("RINGYARD_REDIS_URL")
    if database and cache:
        return Servers(database, cache)
    folder = Path(tempfile.mkdtemp(prefix="ringyard-tests-"))
    folder.chmod(0o755)  # Postgres runs as another user when we are root
    pids: list[int] = []
    if not database:
        database = _own_postgres(folder, pids)
    if not cache:
        cache = _own_redis(folder, pids)
    return Servers(database, cache, pids, _guard(pids, folder), str(folder))


def _guard(pids: list[int], folder: Path) -> int:
    """A process that ends the servers should the run's main process be killed before it can."""
    main = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    numbers = " ".join(map(str, pids))
    command = f"tail --pid={main} -f /dev/null; kill -INT {numbers}; sleep 5; rm -rf '{folder}'"
    return _spawn(["sh", "-c", command], folder / "guard.log")


def _own_postgres(folder: Path, pids: list[int]) -> str:
    programs, data, port = postgres.postgres(), folder / "postgres", any_free()
    postgres.prepare(programs, data, _PASSWORD)
    pids.append(_spawn([*postgres.command(programs, data, port, tied=False), *_HURRIED], folder / "postgres.log"))
    address = postgres.url(port, _PASSWORD)
    asyncio.run(until(partial(postgres.answers, address), deadline=30, what=f"Postgres answers, see {folder}"))
    return address


def _own_redis(folder: Path, pids: list[int]) -> str:
    port = any_free()
    command = redis.command(redis.redis(), folder / "redis", port, _PASSWORD)
    pids.append(_spawn([*command, "--appendonly", "no"], folder / "redis.log"))
    address = redis.url(port, _PASSWORD)
    asyncio.run(until(partial(redis.answers, address), deadline=10, what=f"Redis answers, see {folder}"))
    return address


def _spawn(command: list[str], log: Path) -> int:
    """Started by one test process and used by all, so it does not end with the process that started it."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, cwd="/"
        )
    _children.append(child)
    return child.pid
