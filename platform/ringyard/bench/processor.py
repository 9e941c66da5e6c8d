"""CPU time of the parts, from the kernel's own counts."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ringyard.local.supervisor import Supervisor

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Process:
    """`used` in seconds: its own user and system time, and that of children it has waited for."""

    pid: int
    parent: int
    used: float


def cpu_seconds(supervisor: Supervisor, names: Iterable[str]) -> dict[str, float]:
    """Used so far by each part and all that descends from it (Postgres has a process per connection)."""
    known, children = _families()
    found = {}
    for name in names:
        identity = supervisor.parts[name].identity
        leader = known.get(identity.pid) if identity else None
        found[name] = _with_descendants(leader, children) if leader else 0.0
    return found


def descendants(supervisor: Supervisor, name: str) -> tuple[int, list[int]]:
    """The pids of a part that runs and of all that descends from it."""
    _, children = _families()
    identity = supervisor.parts[name].identity
    if identity is None:
        raise ProcessLookupError(name)
    found, open_ends = [], [identity.pid]
    while open_ends:
        below = [child.pid for child in children.get(open_ends.pop(), ())]
        found += below
        open_ends += below
    return identity.pid, found


def _families() -> tuple[dict[int, _Process], dict[int, list[_Process]]]:
    """Every process by its pid, and the children by that of their parent."""
    children = defaultdict(list)
    known = {process.pid: process for process in _processes()}
    for process in known.values():
        children[process.parent].append(process)
    return known, children


def _with_descendants(process: _Process, children: dict[int, list[_Process]]) -> float:
    return process.used + sum(_with_descendants(child, children) for child in children.get(process.pid, ()))


def _processes() -> Iterator[_Process]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            yield _Process(int(entry.name), int(fields[1]), sum(map(int, fields[11:15])) / _TICK)
