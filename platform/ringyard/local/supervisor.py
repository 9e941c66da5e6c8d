"""The supervisor of one home: runs its parts, in order, and stops them in the reverse order.

One supervisor holds a home at a time (a lock on `<home>/run/lock`, which the kernel frees even after kill -9). What an
earlier one left behind is ended, or adopted when it `outlives`.
"""

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from ringyard.local.faults import LocalError
from ringyard.local.leftovers import end_leftovers
from ringyard.local.processes import alive, home_mark
from ringyard.local.program import Program
from ringyard.local.records import Records
from ringyard.local.supervised import Supervised

LONGEST_LOG = 20 * 1024 * 1024


def keep_log_short(log: Path) -> None:
    """At a start, a long log becomes `NAME.log.1`; the one before that is dropped."""
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))


class Supervisor:
    """Use as `async with Supervisor(home) as supervisor: await supervisor.start(program)`."""

    def __init__(self, home: Path, adopts: Iterable[str] = (), say: Callable[[str], None] = print) -> None:
        """`adopts`: the names of parts that are taken over when an earlier supervisor left them running."""
        self.home = home.absolute()
        self.parts: dict[str, Supervised] = {}
        self._records = Records(self.home / "run")
        self._logs = self.home / "log"
        self._adopts = frozenset(adopts)
        self._say = say
        self._lock = -1

    def left_running(self, name: str) -> bool:
        """Whether an earlier supervisor's part of this name is still there, to be adopted."""
        identity = self._records.all().get(name)
        return name in self._adopts and identity is not None and alive(identity)

    async def __aenter__(self) -> Self:
        self._take_lock()
        self._logs.mkdir(parents=True, exist_ok=True)
        for name in await end_leftovers(self._records, home_mark(self.home), self._adopts):
            self._say(f"{name} was left running by an earlier start and is ended")
        return self

    def _take_lock(self) -> None:
        self._lock = os.open(self.home / "run" / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise LocalError(
                f"Ringyard already runs from {self.home}: stop it first, or name another folder in RINGYARD_HOME."
            ) from None

    async def start(self, program: Program) -> Supervised:
        """Start a part, or adopt it. Raises OSError when the program cannot be started."""
        log = self._logs / f"{program.name}.log"
        keep_log_short(log)
        part = Supervised(program, self._records, log, self.home, self._say)
        self.parts[program.name] = part
        return await part.start(self._records.all().get(program.name) if program.outlives else None)

    async def stop(self, name: str) -> None:
        await self.parts.pop(name).stop()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop every part, the last started first; a second interrupt does not cut this short."""
        await asyncio.shield(self._stop_all())

    async def _stop_all(self) -> None:
        for name in reversed(list(self.parts)):
            await self.stop(name)
        os.close(self._lock)
