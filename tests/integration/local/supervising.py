"""A supervisor in a process of its own, to be killed: `supervising.py HOME` says `started` once its two parts run.

`tied` ends with its supervisor, `kept` outlives it; `tied` has a child that ignores SIGTERM, as a stubborn worker does.
"""

import asyncio
import signal
import sys
from pathlib import Path

import click

from ringyard.local.program import Program
from ringyard.local.supervisor import Supervisor

STUBBORN = "trap '' TERM; sleep 600 & wait"
TIED = Program("tied", ("sh", "-c", f'sh -c "{STUBBORN}" & wait'), stop_limit_s=1)
KEPT = Program("kept", ("sleep", "600"), outlives=True, stop_limit_s=1)


async def main(home: Path) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with Supervisor(home, adopts=["kept"], say=click.echo) as supervisor:
        await supervisor.start(KEPT)
        await supervisor.start(TIED)
        click.echo("started")
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
