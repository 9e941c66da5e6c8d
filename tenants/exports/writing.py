"""The parent's side of the writing process: encoding and packing would take the worker's event loop from dialing."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec

from ringyard.kit.settings import settings
from tenants.exports.writer import Task, Written

_STUCK_S = 120


class WriterDied(RuntimeError):
    """The writing process ended before the file did; its last words are the message."""


class Sink:
    """Takes CSV pieces; one is written while the next is being made."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._sending: asyncio.Task[None] | None = None

    async def give(self, piece: bytes) -> None:
        """Whole rows. Waits until the piece before has been taken. Raises WriterDied."""
        await self._given()
        if piece:
            self._sending = asyncio.create_task(self._send(piece))

    async def finish(self) -> Written:
        """Raises WriterDied."""
        await self._given()
        await self._send(b"")
        answer, words = await self._process.communicate()
        if self._process.returncode != 0:
            raise WriterDied(words[-4000:].decode(errors="replace"))
        return msgspec.json.decode(answer, type=Written)

    async def stop(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            with suppress(asyncio.CancelledError, WriterDied):
                await self._sending

    async def _given(self) -> None:
        sending, self._sending = self._sending, None
        if sending is not None:
            await sending

    async def _send(self, piece: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(len(piece).to_bytes(4, "big"))
            self._process.stdin.write(piece)
            async with asyncio.timeout(_STUCK_S):
                await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            assert self._process.stderr is not None
            raise WriterDied((await self._process.stderr.read(4000)).decode(errors="replace")) from error


@asynccontextmanager
async def writing(task: Task) -> AsyncIterator[Sink]:
    """The process is ended on the way out, whatever happened; without `finish` there is no file."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "tenants.exports.writer",
        stdin=PIPE, stdout=PIPE, stderr=PIPE, env=_environment(),
    )  # fmt: skip
    sink = Sink(process)
    try:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        yield sink
    finally:
        await sink.stop()
        assert process.stdin is not None
        process.stdin.close()
        await _ended(process)


async def _ended(process: Process) -> None:
    """A process whose input ended early removes what it wrote; only one that hangs is killed."""
    try:
        async with asyncio.timeout(10):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """The child finds the same store and the same code."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**os.environ, "RINGYARD_HOME": str(settings().home), "PYTHONPATH": path}
