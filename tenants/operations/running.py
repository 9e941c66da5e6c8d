"""The job that carries an operation out: slice by slice, each in a transaction that also moves the checkpoint.

It may be killed at any line and run twice at once: a slice is done only by the run that finds the checkpoint where its
slice begins. Opens its own transactions.
"""

from typing import Any
from uuid import UUID

import msgspec
import structlog

from ringyard.kit.db import connection
from ringyard.kit.text import N_
from tenants.contacts.selection import ids_of
from tenants.events import emit
from tenants.exports.running import export
from tenants.operations.changing import Slice, change_slice
from tenants.operations.fields import Kind
from tenants.operations.references import ReferenceGone
from tenants.operations.retrying import in_transaction
from tenants.operations.service import end
from tenants.operations.values import argument
from tenants.workspace import workspace

log = structlog.get_logger()
SLICE = 5_000
DELETED = 2_000
"""Of a deletion: what hangs on a contact costs several times as much as a change of it."""
# A slice that a fallen server forgets takes its checkpoint along; only the last one's end must be on the disk.
_UNHURRIED = "select set_config('synchronous_commit', 'off', true)"

GONE = N_("What the contacts were to be given is no longer there.")
LOST = N_("The list of the chosen contacts is no longer there. Choose them anew.")


class Task(msgspec.Struct, frozen=True):
    """An operation that runs. `position` of `total` contacts are done."""

    id: UUID
    kind: Kind
    value: dict[str, Any]
    selection_key: str
    position: int
    total: int
    created_by: UUID | None


async def run(operation_id: UUID) -> None:
    """Until its end, a cancel or a failure; an operation that is not running is left alone."""
    try:
        while (task := await _claimed(operation_id)) is not None:
            if task.kind == "export":
                await export(task.id, task.selection_key, task.total, task.value)
            else:
                await _slice(task)
    except ReferenceGone:
        log.exception("operation failed", operation_id=str(operation_id))
        await _fail(operation_id, GONE)
    except FileNotFoundError:
        log.exception("operation failed", operation_id=str(operation_id))
        await _fail(operation_id, LOST)


async def _claimed(operation_id: UUID) -> Task | None:
    async with workspace() as here:
        row = await here.fetchrow(
            f"select {', '.join(Task.__struct_fields__)} from operations where id = $1 and state = 'running'",
            operation_id,
        )
    return Task(**row) if row is not None else None


async def _slice(task: Task) -> None:
    ids = sorted(await ids_of(task.selection_key, task.position, _size(task.kind)))
    value = argument(task.kind, task.value)
    piece = Slice(task.id, task.created_by, task.kind, value, ids)
    await in_transaction(lambda: _store(task, piece))


async def _store(task: Task, piece: Slice) -> None:
    here = connection()
    at = await here.fetchval("select position from operations where id = $1 and state = 'running' for update", task.id)
    if at != task.position:
        return
    if at + _size(task.kind) < task.total:
        await here.execute(_UNHURRIED)
    changed, skipped = await change_slice(piece)
    row = await here.fetchrow(
        """update operations set position = least(position + $2, total), changed = changed + $3,
               skipped = skipped + $4, moved_at = now()
           where id = $1 returning position, total, changed, skipped""",
        task.id, _size(task.kind), changed, skipped,
    )  # fmt: skip
    assert row is not None
    emit("operation.progress", id=task.id, kind=task.kind, **dict(row))
    if row["position"] >= row["total"]:
        await end(task.id, "done")


def _size(kind: Kind) -> int:
    return min(SLICE, DELETED) if kind == "delete" else SLICE


async def _fail(operation_id: UUID, sentence: str) -> None:
    async with workspace():
        await end(operation_id, "failed", sentence)
