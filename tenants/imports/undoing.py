"""Taking an import's contacts out of the base again. Runs inside an open workspace transaction, but for the job."""

from uuid import UUID

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict
from ringyard.kit.text import _
from tenants.events import emit
from tenants.imports.fields import ImportView
from tenants.imports.service import import_view
from tenants.imports.tables import Import
from tenants.jobs import enqueue
from tenants.workspace import workspace

SLICE = 20_000

# Untouched: nobody has changed the contact since, and nobody has called it.
_REMOVE = """
with untouched as (
    select id from contacts c
    where import_id = $1 and modified_at = created_at and not exists (select from calls k where k.contact_id = c.id)
    limit $2 for update skip locked
), gone as (
    delete from contacts c using untouched u where c.id = u.id returning 1
)
update imports set removed = removed + (select count(*) from gone) where id = $1 returning (select count(*) from gone)
"""


async def undo_import(import_id: UUID) -> ImportView:
    """Remove the contacts that the import added and that are untouched since; a large import's rest goes by a job.

    What it merged into older contacts stays. Raises NotFound, and Conflict before the import has ended.
    """
    view = await import_view(import_id)
    if view.state in ("preview", "running"):
        raise Conflict(_("Only an import that has ended can be undone. Cancel it first."))
    await Import.update({Import.undone_at: now()}).where(Import.id == import_id)
    await remove_slice(import_id)
    return await import_view(import_id)


async def remove_slice(import_id: UUID) -> None:
    """One slice of the undo; asks for the next one by the job `undo_import` while there are more. May run twice."""
    removed = await connection().fetchval(_REMOVE, import_id, SLICE)
    if removed == SLICE:
        enqueue("undo_import", import_id=import_id)
    elif removed is not None:
        emit("import.undone", id=import_id)


async def run_undo(import_id: UUID) -> None:
    """The job `undo_import`: the next slice, in a transaction of its own."""
    async with workspace():
        await remove_slice(import_id)
