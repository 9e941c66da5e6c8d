"""The dry run of an import in preview: read and matched as the run would do it, counted, and nothing stored.

The job `survey_import`; what it has counted stands in `imports.survey`, with the time at which that last moved. It may
run twice and die anywhere: it then begins anew.
"""

from uuid import UUID

import msgspec
import structlog

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from tenants.imports.duplicates import Figures, figures, match, settle_again
from tenants.imports.reader import Task
from tenants.imports.reading import Payloads, ReaderDied, reading
from tenants.imports.slices import Summary
from tenants.imports.staging import stage
from tenants.imports.work import FileWork, reader_task, work_of
from tenants.jobs import enqueue
from tenants.workspace import workspace

log = structlog.get_logger()
_STALLED_S = 180


class _Outdated(Exception):
    """The import is no preview any more, or has other settings than those that are being counted."""


async def survey(import_id: UUID) -> None:
    """To the file's end, or until the settings change; an import that is no preview is left alone."""
    async with workspace():
        work = await work_of(import_id, "preview")
        task = await reader_task(work) if work else None
    if work is None or task is None:
        return
    try:
        await _survey(work, task)
    except _Outdated:
        log.info("dry run outdated", import_id=str(import_id))


async def ask_again() -> list[UUID]:
    """Ask for dry runs that were lost or have stalled. Runs inside an open workspace transaction."""
    rows = await connection().fetch(
        """select id from imports
           where state = 'preview' and columns ? 'phone' and created_at > now() - interval '1 day'
             and coalesce((survey ->> 'at')::timestamptz, created_at) < now() - make_interval(secs => $1)
             and coalesce(survey ->> 'state', 'running') = 'running'""",
        _STALLED_S,
    )
    for row in rows:
        enqueue("survey_import", import_id=str(row["id"]))
    return [row["id"] for row in rows]


async def _survey(work: FileWork, task: Task) -> None:
    total, state = Figures(), "done"
    try:
        async with reading(task) as slices:
            async for summary, payloads in slices:
                async with workspace():
                    total += await _count(work, summary, payloads)
                    await _tell(work, total, "running", summary.bytes_done)
    except ReaderDied:
        log.exception("import reader died", import_id=str(work.import_id))
        state = "failed"
    async with workspace():
        await _tell(work, total, state, work.size)


async def _count(work: FileWork, summary: Summary, payloads: Payloads) -> Figures:
    facts = await stage(payloads)
    await settle_again(facts)
    await match(work, facts)
    return await figures(work.plan, summary, facts)


async def _tell(work: FileWork, total: Figures, state: str, bytes_done: int) -> None:
    """Whoever changes settings locks the import too, so figures never outlive the settings they belong to."""
    await connection().execute("select from imports where id = $1 for update", work.import_id)
    if await work_of(work.import_id, "preview") != work:
        raise _Outdated
    survey = {
        "state": state, "progress": min(bytes_done / max(work.size, 1), 1.0), "at": now().isoformat(),
        **msgspec.structs.asdict(total),
    }  # fmt: skip
    await connection().execute("update imports set survey = $2 where id = $1", work.import_id, survey)
