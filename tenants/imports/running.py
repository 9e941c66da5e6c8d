"""The job that carries a confirmed import out: slice by slice, each in a transaction that also moves the checkpoint.

It may be killed at any line and run twice at once: a slice is stored only by the run that finds the checkpoint where
its slice begins. Opens its own transactions.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
import structlog

from ringyard.kit.db import connection
from ringyard.kit.text import N_
from tenants.events import emit
from tenants.imports.merging import merge, stage
from tenants.imports.people import people
from tenants.imports.plan import ImportPlan
from tenants.imports.reader import Task
from tenants.imports.reading import Payloads, ReaderDied, reading
from tenants.imports.slices import Summary
from tenants.jobs import enqueue
from tenants.workspace import workspace

log = structlog.get_logger()
_ATTEMPTS = 3
_STALLED_S = 180
UNREADABLE = N_("The file could not be read to its end. What is in the base stays until an undo.")


class Overtaken(Exception):
    """The import has been cancelled, or another run has stored this slice."""


@dataclass(slots=True)
class _Progress:
    position: int


async def run(import_id: UUID) -> None:
    """Until the file's end, a cancel or a failure; an import that is not running is left alone."""
    task = await _claimed(import_id)
    if task is None:
        return
    progress = _Progress(task.skip)
    try:
        async with reading(task) as slices:
            async for summary, payloads in slices:
                await _store(task, progress, summary, payloads)
    except Overtaken:
        log.info("import overtaken", import_id=str(import_id))
    except ReaderDied:
        log.exception("import reader died", import_id=str(import_id))
        await _end(task, "failed", UNREADABLE)
    else:
        await _end(task, "done", None)


async def resume_stalled() -> list[UUID]:
    """Ask again for running imports that have not moved for a while. Runs inside an open workspace transaction."""
    rows = await connection().fetch(
        """select id from imports where state = 'running'
           and coalesce(moved_at, confirmed_at) < now() - make_interval(secs => $1)""",
        _STALLED_S,
    )
    for row in rows:
        enqueue("run_import", import_id=row["id"])
    return [row["id"] for row in rows]


async def _claimed(import_id: UUID) -> Task | None:
    columns = ", ".join(ImportPlan.__struct_fields__)
    async with workspace() as here:
        row = await here.fetchrow(
            f"select base_id, file_key, position, {columns} from imports where id = $1 and state = 'running'", import_id
        )
        if row is None:
            return None
        plan = ImportPlan(**{name: row[name] for name in ImportPlan.__struct_fields__})
        return Task(import_id, row["base_id"], row["file_key"], plan, row["position"], await people())


async def _store(task: Task, progress: _Progress, summary: Summary, payloads: Payloads) -> None:
    """One transaction. Dialing locks contacts in its own order, so a deadlock is tried again."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            async with workspace():
                await _store_once(task, progress.position, summary, payloads)
        except asyncpg.DeadlockDetectedError:
            if attempt == _ATTEMPTS:
                raise
        else:
            progress.position = summary.position
            return


async def _store_once(task: Task, start: int, summary: Summary, payloads: Payloads) -> None:
    here = connection()
    at = await here.fetchval(
        "select position from imports where id = $1 and state = 'running' for update", task.import_id
    )
    if at != start:
        raise Overtaken
    await stage(*payloads)
    duplicates = task.plan.duplicates
    added, found = await merge(task.import_id, task.base_id, duplicates)
    again = found + summary.repeated
    merged, skipped = (again, 0) if duplicates == "merge" else (0, again)
    row = await here.fetchrow(
        """update imports set position = $2, rows = rows + $3, added = added + $4, merged = merged + $5,
               skipped = skipped + $6, junk = junk + $7, bytes_done = $8, moved_at = now()
           where id = $1
           returning rows, added, merged, skipped, junk, bytes_done::float8 / greatest(size, 1) as progress""",
        task.import_id, summary.position, summary.rows, added, merged, skipped, summary.junk, summary.bytes_done,
    )  # fmt: skip
    assert row is not None
    emit("import.progress", id=task.import_id, base_id=task.base_id, **dict(row))


async def _end(task: Task, state: str, error: str | None) -> None:
    """Running campaigns of the base take the new contacts in."""
    async with workspace() as here:
        ended = await here.fetchval(
            """update imports set state = $2, error = $3, finished_at = now()
               where id = $1 and state = 'running' returning id""",
            task.import_id, state, error,
        )  # fmt: skip
        if ended is not None:
            emit("import.done", id=task.import_id, base_id=task.base_id, state=state)
            enqueue("enrol_base", base_id=task.base_id)
