"""One running part: started, watched, restarted with a growing pause when it dies, stopped within its limit."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from ringyard.local.leftovers import end_all
from ringyard.local.processes import Identity, alive, ended, family, home_mark, identify, send
from ringyard.local.program import Program
from ringyard.local.records import Records

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
STEADY_AFTER_S = 30.0


class Supervised:
    """`start` once, `stop` once. Between them the process is started anew each time it ends."""

    def __init__(self, program: Program, records: Records, log: Path, home: Path, say: Callable[[str], None]) -> None:
        self.program = program
        self.identity: Identity | None = None
        self.restarts = 0
        self._records = records
        self._log = log
        self._home = home
        self._say = say
        self._child: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self, adopted: Identity | None = None) -> Self:
        """Adopt a process that still runs, or start one. Raises OSError when the program cannot be started."""
        if adopted and alive(adopted):
            self.identity = adopted
        else:
            await self._spawn()
        self._watch = asyncio.create_task(self._keep_running(), name=f"watch {self.program.name}")
        return self

    async def _spawn(self) -> None:
        with self._log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                *self._command(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment(),
                start_new_session=True,
            )
        self.identity = identify(self._child.pid)
        if self.identity:
            self._records.write(self.program.name, self.identity)

    def _environment(self) -> dict[str, str]:
        """With the home in it, by which a later supervisor knows its leftovers."""
        given = os.environ if self.program.environment is None else self.program.environment
        return {**given, "RINGYARD_HOME": str(self._home)}

    def _command(self) -> list[str]:
        tied = [] if self.program.outlives else ["setpriv", "--pdeathsig", "TERM", "--"]
        return [*tied, *self.program.command]

    def _family(self) -> list[int]:
        return family(self.identity, home_mark(self._home)) if self.identity else []

    async def _keep_running(self) -> None:
        pauses = _pauses()
        clock = asyncio.get_running_loop().time
        while True:
            since = clock()
            await self._gone()
            await end_all(self._family(), self.program.stop_limit_s)
            if clock() - since > STEADY_AFTER_S:
                pauses = _pauses()
            self._say(f"{self.program.name} ended by itself and starts again (its log: {self._log})")
            await asyncio.sleep(next(pauses))
            await self._start_again()

    async def _start_again(self) -> None:
        self.restarts += 1
        try:
            await self._spawn()
        except OSError as error:
            self._say(f"{self.program.name} cannot be started: {error}")

    async def _gone(self) -> None:
        """Until the process has ended, and is collected if it is our child."""
        if self.identity:
            await ended(self.identity.pid)
        if self._child:
            await self._child.wait()

    async def stop(self) -> None:
        """The stop signal to the process, SIGKILL to all its family after the limit."""
        if self._watch:
            self._watch.cancel()
            await asyncio.wait([self._watch])
        if self.identity and alive(self.identity):
            send(self.identity.pid, self.program.stop_signal)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.program.stop_limit_s):
                await self._gone()
        for pid in self._family():
            send(pid, signal.SIGKILL)
        await self._gone()
        self._records.remove(self.program.name)


def _pauses() -> Iterator[float]:
    """Seconds before each new start: doubling, up to a longest."""
    pause = FIRST_PAUSE_S
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE_S)
