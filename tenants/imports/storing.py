"""Slices into the base, each in one transaction. While one is merged, the next one is already being staged.

A connection of the pool each; the later one waits for the earlier one with nothing but its own tables written.
"""

import asyncio
from collections.abc import AsyncIterator

import asyncpg

from ringyard.kit.db import connection
from tenants.events import emit
from tenants.imports.duplicates import Figures, figures, match
from tenants.imports.merging import label, merge, take_turn
from tenants.imports.reading import Payloads
from tenants.imports.slices import Summary
from tenants.imports.staging import stage, store_junk
from tenants.imports.work import FileWork
from tenants.workspace import workspace

_ATTEMPTS = 3
Piece = tuple[Summary, Payloads]

_MOVE = """
update imports
set position = $3, bytes_done = $4, rows = rows + $5, added = added + $6, merged = merged + $7, skipped = skipped + $8,
    repeated = repeated + $9, found_here = found_here + $10, found_elsewhere = found_elsewhere + $11,
    blocked = blocked + $12, junk = junk + $13, moved_at = now()
where id = $1 and position = $2 and state = 'running'
returning rows, added, merged, skipped, junk, bytes_done::float8 / greatest(size, 1) as progress
"""


class Overtaken(Exception):
    """The import has been cancelled, or another run has stored this slice."""


async def store_all(work: FileWork, slices: AsyncIterator[Piece]) -> None:
    """Raises Overtaken, what the slices raise (after those before are stored), and what Postgres raises."""
    start = work.position
    last: asyncio.Task[None] | None = None
    try:
        async for piece in slices:
            before, last = last, asyncio.create_task(_store(work, start, piece, last))
            start = piece[0].position
            if before is not None:
                await before
    except BaseException as error:
        if last is not None and not isinstance(error, Exception):
            last.cancel()
        if last is not None:
            await asyncio.gather(last, return_exceptions=True)
        raise
    if last is not None:
        await last


async def _store(work: FileWork, start: int, piece: Piece, before: asyncio.Task[None] | None) -> None:
    """Dialing locks contacts in its own order, so a deadlock is tried again."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            async with workspace():
                await _store_once(work, start, piece, before)
        except asyncpg.DeadlockDetectedError:
            if attempt == _ATTEMPTS:
                raise
        else:
            return


async def _store_once(work: FileWork, start: int, piece: Piece, before: asyncio.Task[None] | None) -> None:
    summary, payloads = piece
    facts = await stage(payloads)
    if before is not None:
        await asyncio.wait([before])
        before.result()
    await take_turn(work)
    if not await _is_next(work, start):
        raise Overtaken
    await label(work, facts)
    await match(work, facts)
    await merge(work, facts)
    await store_junk(payloads)
    await _move(work, start, summary, await figures(work.plan, summary, facts))


async def _is_next(work: FileWork, start: int) -> bool:
    at = await connection().fetchval("select position from imports where id = $1 and state = 'running'", work.import_id)
    return bool(at == start)


async def _move(work: FileWork, start: int, summary: Summary, done: Figures) -> None:
    """The import's row is locked by this last statement only, so that a cancel never waits for a slice."""
    row = await connection().fetchrow(
        _MOVE, work.import_id, start, summary.position, summary.bytes_done, done.rows, done.added, done.merged,
        done.skipped, done.repeated, done.found_here, done.found_elsewhere, done.blocked, done.junk,
    )  # fmt: skip
    if row is None:
        raise Overtaken
    emit("import.progress", id=work.import_id, base_id=work.base_id, **dict(row))
