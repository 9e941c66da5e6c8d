"""The job that carries a confirmed import out: slice by slice, each in a transaction that also moves the checkpoint.

It may be killed at any line and run twice at once: a slice is stored only by the run that finds the checkpoint where
its slice begins. Opens its own transactions.
"""

from uuid import UUID

import structlog

from ringyard.kit.db import connection
from ringyard.kit.text import N_
from tenants.imports.ending import follow_end
from tenants.imports.reading import ReaderDied, reading
from tenants.imports.storing import Overtaken, store_all
from tenants.imports.work import FileWork, reader_task, work_of
from tenants.jobs import enqueue
from tenants.workspace import workspace

log = structlog.get_logger()
_STALLED_S = 180
UNREADABLE = N_("The file could not be read to its end. What is in the base stays until an undo.")


async def run(import_id: UUID) -> None:
    """Until the file's end, a cancel or a failure; an import that is not running is left alone.

    Raises what Postgres raised, after which the job is tried again and goes on behind the last slice that is stored.
    """
    async with workspace():
        work = await work_of(import_id, "running")
        task = await reader_task(work) if work else None
    if work is None or task is None:
        return
    try:
        async with reading(task) as slices:
            await store_all(work, slices)
    except Overtaken:
        log.info("import overtaken", import_id=str(import_id))
    except ReaderDied:
        log.exception("import reader died", import_id=str(import_id))
        await _end(work, "failed", UNREADABLE)
    else:
        await _end(work, "done", None)


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


async def _end(work: FileWork, state: str, error: str | None) -> None:
    async with workspace() as here:
        ended = await here.fetchval(
            """update imports set state = $2, error = $3, finished_at = now(),
                   texts_done_at = case when $4 then null else now() end
               where id = $1 and state = 'running' returning id""",
            work.import_id, state, error, work.large,
        )  # fmt: skip
        if ended is not None:
            follow_end(work.import_id, work.base_id, state)
