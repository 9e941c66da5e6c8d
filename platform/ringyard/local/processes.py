"""Who a process is: its number and the kernel's start time, which together are never given twice.

A number alone is used again by the kernel, so a recorded number may belong to a stranger by now.
"""

import asyncio
import os
import signal
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Identity:
    """One process of one boot. `started` is in clock ticks since that boot."""

    pid: int
    started: int
    boot: str


@dataclass(frozen=True)
class Stat:
    """What `/proc/PID/stat` says that we need."""

    pid: int
    state: str
    session: int
    started: int


def parse_stat(text: str) -> Stat:
    """The program's name stands in brackets and may hold spaces and brackets itself."""
    pid, rest = text.split(" ", 1)
    fields = rest[rest.rindex(")") + 2 :].split()
    return Stat(int(pid), fields[0], int(fields[3]), int(fields[19]))


def stat(pid: int) -> Stat | None:
    """None when there is no such process; one that ended but was not yet collected counts as gone."""
    try:
        found = parse_stat((PROC / str(pid) / "stat").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if found.state in "ZX" else found


def boot_id() -> str:
    return (PROC / "sys/kernel/random/boot_id").read_text().strip()


def identify(pid: int) -> Identity | None:
    found = stat(pid)
    return Identity(pid, found.started, boot_id()) if found else None


def alive(identity: Identity) -> bool:
    return identify(identity.pid) == identity


def home_mark(home: Path) -> str:
    """The line in the environment that all processes of one home carry."""
    return f"RINGYARD_HOME={home}"


def family(identity: Identity, mark: str) -> list[int]:
    """The process and everything in the session it led, also after the leader itself has died.

    `mark` is an environment line that all of them carry (`home_mark`): it tells our orphans from a later
    session that happens to have the same number.
    """
    if identity.boot != boot_id():
        return []
    leader = stat(identity.pid)
    if leader and leader.started != identity.started:
        return []
    everyone = [stat(int(entry.name)) for entry in PROC.iterdir() if entry.name.isdigit()]
    members = [found.pid for found in everyone if found and found.session == identity.pid]
    return members if leader else [pid for pid in members if _carries(pid, mark)]


def _carries(pid: int, mark: str) -> bool:
    try:
        return mark.encode() in (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def send(pid: int, number: signal.Signals) -> None:
    """Signal a process that may be gone by now."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


async def ended(pid: int) -> None:
    """Return once the process is gone, child of ours or not, without polling."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()
    loop.add_reader(descriptor, gone.set)
    try:
        await gone.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
