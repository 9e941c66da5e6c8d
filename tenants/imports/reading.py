"""The parent's side of the reading process: parsing a file costs CPU that the worker's event loop needs for dialing."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress

import msgspec

from ringyard.kit.settings import settings
from tenants.imports.reader import Task
from tenants.imports.slices import Summary

Payloads = tuple[bytes, bytes, bytes]
_PIPE_BUFFER = 1024 * 1024
_STUCK_S = 120


class ReaderDied(RuntimeError):
    """The reading process ended before the file did; its last words are the message."""


@asynccontextmanager
async def reading(task: Task) -> AsyncIterator[AsyncIterator[tuple[Summary, Payloads]]]:
    """The file's slices, one at a time; the process waits for us. Raises ReaderDied. It is ended on the way out."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "tenants.imports.reader",
        stdin=PIPE, stdout=PIPE, stderr=PIPE, env=child_environment(), limit=_PIPE_BUFFER,
    )  # fmt: skip
    try:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.close()
        async with aclosing(_ahead(_slices(process))) as slices:
            yield slices
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _ahead(slices: AsyncIterator[tuple[Summary, Payloads]]) -> AsyncGenerator[tuple[Summary, Payloads], None]:
    """The next slice is read while the one before is being stored."""
    coming = asyncio.ensure_future(anext(slices, None))
    try:
        while (piece := await coming) is not None:
            coming = asyncio.ensure_future(anext(slices, None))
            yield piece
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError, ReaderDied):
            await coming


async def _slices(process: Process) -> AsyncIterator[tuple[Summary, Payloads]]:
    assert process.stdout is not None
    while True:
        try:
            length = int.from_bytes(await _exactly(process, 4), "big")
        except asyncio.IncompleteReadError as error:
            if error.partial or await process.wait() != 0:
                raise ReaderDied(await _last_words(process)) from error
            return
        try:
            summary = msgspec.json.decode(await _exactly(process, length), type=Summary)
            contacts, phones, junk = [await _exactly(process, size) for size in summary.lengths]
        except asyncio.IncompleteReadError as error:
            raise ReaderDied(await _last_words(process)) from error
        yield summary, (contacts, phones, junk)


async def _exactly(process: Process, length: int) -> bytes:
    assert process.stdout is not None
    async with asyncio.timeout(_STUCK_S):
        return await process.stdout.readexactly(length)


async def _last_words(process: Process) -> str:
    assert process.stderr is not None
    return (await process.stderr.read(4000)).decode(errors="replace")


def child_environment() -> dict[str, str]:
    """A child process finds the same store and the same code."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**os.environ, "RINGYARD_HOME": str(settings().home), "PYTHONPATH": path}
