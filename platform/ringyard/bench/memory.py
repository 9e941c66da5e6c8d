"""The memory that a part and the processes it starts hold, looked at again and again while something runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ringyard.bench.processor import descendants
from ringyard.local.supervisor import Supervisor

LOOK_S = 0.1


@dataclass(slots=True)
class Peak:
    """In bytes, resident: the part's own process, and all the others below it together."""

    own: int = 0
    children: int = 0

    def look(self, supervisor: Supervisor, name: str) -> None:
        pid, others = descendants(supervisor, name)
        self.own = max(self.own, resident(pid))
        self.children = max(self.children, sum(map(resident, others)))


@asynccontextmanager
async def peak_of(supervisor: Supervisor, name: str) -> AsyncIterator[Peak]:
    """Filled until the block ends."""
    peak = Peak()
    looking = asyncio.create_task(_look(peak, supervisor, name))
    try:
        yield peak
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look(peak: Peak, supervisor: Supervisor, name: str) -> None:
    while True:
        peak.look(supervisor, name)
        await asyncio.sleep(LOOK_S)


def resident(pid: int) -> int:
    """0 for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
