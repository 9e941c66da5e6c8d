"""Postgres and Redis of one home, under a supervisor: used by `ringyard up`, the tests and the bench."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ringyard.local import postgres, redis
from ringyard.local.ports import Ports
from ringyard.local.program import Program
from ringyard.local.secrets import Secrets
from ringyard.local.supervisor import Supervisor
from ringyard.local.waiting import until

ADOPTED = ("postgres", "redis")
LIMIT_S = 60.0


@dataclass(frozen=True)
class DataServers:
    """Their addresses; both may be loaded with work from the moment they are known."""

    database_url: str
    redis_url: str


async def start_data_servers(supervisor: Supervisor, outlives: bool = True) -> DataServers:
    """The servers named in the environment, else own ones. Raises LocalError."""
    return DataServers(
        database_url=os.environ.get("RINGYARD_DATABASE_URL") or await start_postgres(supervisor, outlives),
        redis_url=os.environ.get("RINGYARD_REDIS_URL") or await start_redis(supervisor, outlives),
    )


async def start_postgres(supervisor: Supervisor, outlives: bool = True) -> str:
    """The administrator's address of an own Postgres that answers. Raises LocalError."""
    programs = await asyncio.to_thread(postgres.postgres)
    data = supervisor.home / "postgres"
    password = Secrets(supervisor.home).get("postgres")
    await asyncio.to_thread(postgres.prepare, programs, data, password)
    port = Ports(supervisor.home).take("postgres", in_use_by_us=supervisor.left_running("postgres"))
    command = tuple(postgres.command(programs, data, port, tied=not outlives))
    # SIGINT is Postgres's fast shutdown: it does not wait for its clients to leave.
    await supervisor.start(Program("postgres", command, stop_signal=signal.SIGINT, stop_limit_s=20, outlives=outlives))
    address = postgres.url(port, password)
    otherwise = f"Postgres does not answer: see {supervisor.home}/log/postgres.log."
    await until(partial(postgres.answers, address), LIMIT_S, otherwise)
    return address


async def start_redis(supervisor: Supervisor, outlives: bool = True) -> str:
    """The address of an own Redis that answers. Raises LocalError."""
    program = await asyncio.to_thread(redis.redis)
    password = Secrets(supervisor.home).get("redis")
    port = Ports(supervisor.home).take("redis", in_use_by_us=supervisor.left_running("redis"))
    command = tuple(redis.command(program, supervisor.home / "redis", port, password))
    await supervisor.start(Program("redis", command, outlives=outlives))
    address = redis.url(port, password)
    await until(
        partial(redis.answers, address), LIMIT_S, f"Redis does not answer: see {supervisor.home}/log/redis.log."
    )
    return address


@contextmanager
def data_servers(home: Path) -> Iterator[DataServers]:
    """For tests and the bench, outside any event loop: both servers, ended at the end or with the process."""
    with asyncio.Runner() as runner:
        supervisor = runner.run(Supervisor(home, say=lambda _: None).__aenter__())
        try:
            yield runner.run(start_data_servers(supervisor, outlives=False))
        finally:
            runner.run(supervisor.__aexit__(None, None, None))
