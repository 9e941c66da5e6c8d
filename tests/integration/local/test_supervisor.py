"""The supervisor with real processes: restart, ordered stop, and what is left after kill -9."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ringyard.local import processes
from ringyard.local.faults import LocalError
from ringyard.local.processes import Identity
from ringyard.local.program import Program
from ringyard.local.records import Records
from ringyard.local.supervisor import Supervisor

LIMIT_S = 15
SCRIPT = Path(__file__).with_name("supervising.py")
SLEEPER = ("sleep", "600")


async def eventually(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while True:
            if condition():
                return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def supervising(home: Path) -> AsyncIterator[Supervisor]:
    async with Supervisor(home, adopts=["kept"], say=lambda _: None) as supervisor:
        yield supervisor


def recorded(home: Path) -> dict[str, Identity]:
    return Records(home / "run").all()


def members(identity: Identity, home: Path) -> list[int]:
    return processes.family(identity, processes.home_mark(home))


class Elsewhere:
    """A supervisor of the same home in another process."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, str(SCRIPT), str(home)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.said = self.until_started()

    def until_started(self) -> list[str]:
        said: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            said.append(line.strip())
            if said[-1] == "started":
                return said
        raise AssertionError(said)

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.process.wait(LIMIT_S)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[[], Elsewhere]]:
    started: list[Elsewhere] = []

    def start() -> Elsewhere:
        started.append(Elsewhere(tmp_path))
        return started[-1]

    yield start
    for supervisor in started:
        if supervisor.process.poll() is None:
            supervisor.end(signal.SIGTERM)


async def test_a_part_that_dies_is_started_again(tmp_path: Path) -> None:
    async with supervising(tmp_path) as supervisor:
        part = await supervisor.start(Program("part", SLEEPER))
        first = part.identity
        assert first
        processes.send(first.pid, signal.SIGKILL)
        await eventually(lambda: part.restarts == 1 and part.identity not in (None, first))
        assert recorded(tmp_path) == {"part": part.identity}
    assert recorded(tmp_path) == {}


async def test_parts_stop_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    script = "trap 'echo {name} >> {file}; exit' TERM; echo ready; while :; do sleep 0.05; done"
    stopped = tmp_path / "stopped"
    async with supervising(tmp_path) as supervisor:
        for name in ("first", "second", "third"):
            await supervisor.start(Program(name, ("sh", "-c", script.format(name=name, file=stopped))))
            log = tmp_path / "log" / f"{name}.log"
            await eventually(lambda log=log: "ready" in log.read_text())  # type: ignore[misc]
    assert stopped.read_text().split() == ["third", "second", "first"]


async def test_a_part_that_does_not_stop_is_killed_after_its_limit_with_its_children(tmp_path: Path) -> None:
    script = "trap '' TERM; sleep 600 & echo ready; wait; wait"
    async with supervising(tmp_path) as supervisor:
        part = await supervisor.start(Program("stubborn", ("sh", "-c", script), stop_limit_s=0.3))
        log = tmp_path / "log" / "stubborn.log"
        await eventually(lambda: "ready" in log.read_text())
        identity = part.identity
        assert identity
        assert len(members(identity, tmp_path)) == 2
    await eventually(lambda: members(identity, tmp_path) == [])


async def test_a_home_has_one_supervisor_at_a_time(tmp_path: Path) -> None:
    async with supervising(tmp_path):
        with pytest.raises(LocalError, match="already runs"):
            async with supervising(tmp_path):
                raise AssertionError
    async with supervising(tmp_path):
        pass


async def test_after_kill_9_the_next_start_adopts_what_outlives_and_ends_the_rest(
    tmp_path: Path, elsewhere: Callable[[], Elsewhere]
) -> None:
    first = elsewhere()
    before = recorded(tmp_path)
    await eventually(lambda: len(members(before["tied"], tmp_path)) >= 3)
    first.end(signal.SIGKILL)
    await eventually(lambda: not processes.alive(before["tied"]))
    assert processes.alive(before["kept"])
    assert members(before["tied"], tmp_path), "the stubborn child goes on without its parent"

    second = elsewhere()
    after = recorded(tmp_path)
    assert second.said == ["tied was left running by an earlier start and is ended", "started"]
    assert members(before["tied"], tmp_path) == []
    assert after["kept"] == before["kept"]
    assert after["tied"] != before["tied"]

    second.end(signal.SIGTERM)
    assert not processes.alive(after["kept"])
    assert not processes.alive(after["tied"])
    assert recorded(tmp_path) == {}


async def test_a_stranger_with_a_recorded_number_is_left_alone(tmp_path: Path) -> None:
    stranger = await asyncio.create_subprocess_exec(*SLEEPER, start_new_session=True)
    identity = processes.identify(stranger.pid)
    assert identity
    Records(tmp_path / "run").write("part", Identity(identity.pid, identity.started - 1, identity.boot))
    async with supervising(tmp_path):
        assert processes.alive(identity)
        assert recorded(tmp_path) == {}
    stranger.kill()
    await stranger.wait()
