"""Carrying an export out: the rows of each slice from a short transaction, the file from a process of its own.

A run that died is begun anew: half a file is of no use. Of two runs at once the first to end offers its file.
Opens its own transactions.
"""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import structlog

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.ids import new_id
from ringyard.kit.text import N_
from tenants.contacts.selection import ids_of
from tenants.events import emit
from tenants.exports.plan import ExportPlan
from tenants.exports.rows import heading, rows
from tenants.exports.writer import Task, Written
from tenants.exports.writing import Sink, WriterDied, writing
from tenants.files import new_key
from tenants.operations.service import end
from tenants.workspace import workspace

log = structlog.get_logger()
SLICE = 20_000
UNWRITABLE = N_("The file could not be written. Try again, or ask your administrator about the disk.")


class Ended(Exception):
    """The export was cancelled, another run has offered its file, or somebody in it was erased: it begins anew then."""


async def export(operation_id: UUID, selection_key: str, total: int, value: dict[str, Any]) -> None:
    """From the first row to the file's offer. Raises FileNotFoundError without the list of contacts."""
    plan = msgspec.convert(value, ExportPlan)
    key = new_key("exports", new_id())
    try:
        async with writing(Task(key, plan.format, plan.encoding)) as sink:
            count = await _give(sink, operation_id, selection_key, total, plan)
            written = await sink.finish()
        await _offer(operation_id, key, plan, count, written, value.get("erasures", 0))
    except Ended:
        log.info("export ended elsewhere", operation_id=str(operation_id))
        await store.delete(key)
    except WriterDied:
        log.exception("export's writer died", operation_id=str(operation_id))
        await store.delete(key)
        async with workspace():
            await end(operation_id, "failed", UNWRITABLE)


async def _give(sink: Sink, operation_id: UUID, selection_key: str, total: int, plan: ExportPlan) -> int:
    """How many contacts were still there."""
    await sink.give(heading(plan))
    count = 0
    for start in range(0, total, SLICE):
        ids = await ids_of(selection_key, start, SLICE)
        async with workspace():
            piece, found = await rows(plan, ids)
            await _moved(operation_id, min(start + SLICE, total))
        count += found
        await sink.give(piece)
    return count


async def _moved(operation_id: UUID, position: int) -> None:
    row = await connection().fetchrow(
        """update operations set position = $2, moved_at = now() where id = $1 and state = 'running'
           returning kind, position, total""",
        operation_id, position,
    )  # fmt: skip
    if row is None:
        raise Ended
    emit("operation.progress", id=operation_id, **dict(row))


async def _offer(operation_id: UUID, key: str, plan: ExportPlan, count: int, written: Written, erasures: int) -> None:
    async with workspace() as here:
        offered = await here.fetchval(
            """update operations set file_key = $2, file_name = $3, file_size = $4, changed = $5,
                   value = value || jsonb_build_object('replaced', $6::bigint)
               where id = $1 and state = 'running' and coalesce((value ->> 'erasures')::int, 0) = $7 returning id""",
            operation_id, key, _name(plan, now()), written.size, count, written.replaced, erasures,
        )  # fmt: skip
        if offered is None:
            raise Ended
        await end(operation_id, "done")


def _name(plan: ExportPlan, at: datetime) -> str:
    return f"contacts-{at.astimezone(ZoneInfo(plan.timezone)):%Y-%m-%d-%H%M}.{plan.format}"
