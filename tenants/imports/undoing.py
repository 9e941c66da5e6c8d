"""The undo of an import: contacts that it added go, what it gave to others is taken back, where both are untouched.

It walks slice by slice up the contacts and down the changes of the import, and keeps how far it is. It may die anywhere
and run twice, also on purpose: then it looks again at what stayed.
"""

from uuid import UUID

import asyncpg

from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict
from ringyard.kit.text import _
from tenants.events import emit
from tenants.imports.fields import ImportView
from tenants.imports.history import note
from tenants.imports.service import import_view
from tenants.imports.unmerging import take_back
from tenants.imports.untouched import UNTOUCHED
from tenants.jobs import enqueue
from tenants.workspace import workspace

SLICE = 10_000
AT_ONCE = 1_000
"""Rows of an import that is undone while the asker waits."""
_STALLED_S = 180

_BEGIN = """
update imports set undone_at = now(), undo_state = 'running', undo_contact = null, undo_change = null where id = $1
"""
_NEXT = "select id from contacts where import_id = $1 and ($2::uuid is null or id > $2) order by id limit $3"
_REMOVE = f"""
with untouched as (
    select c.id from contacts c where c.id = any($2) and c.import_id = $1 and {UNTOUCHED} order by c.id for update
), gone as (
    delete from contacts c using untouched u where c.id = u.id returning 1
)
select count(*) from gone
"""


async def undo_import(import_id: UUID, user_id: UUID | None = None) -> ImportView:
    """A large import's undo goes on by a job. Runs inside an open workspace transaction.

    Raises NotFound, and Conflict before the import has ended.
    """
    view = await import_view(import_id)
    if view.state in ("preview", "running"):
        raise Conflict(_("Only an import that has ended can be undone. Cancel it first."))
    await connection().execute(_BEGIN, import_id)
    await note(import_id, "undone", user_id)
    if view.rows > AT_ONCE:
        enqueue("undo_import", import_id=str(import_id))
    else:
        while await _undo_slice(import_id, SLICE):
            pass
    return await import_view(import_id)


async def run_undo(import_id: UUID, size: int = SLICE) -> None:
    """The job `undo_import`: to the end, in slices of `size` contacts or changes, each a transaction of its own."""
    more = True
    while more:
        async with workspace():
            more = await _undo_slice(import_id, size)


async def resume_stalled_undos() -> list[UUID]:
    """Ask again for undos that have not moved for a while. Runs inside an open workspace transaction."""
    rows = await connection().fetch(
        """select id from imports where undo_state = 'running'
           and greatest(moved_at, undone_at) < now() - make_interval(secs => $1)""",
        _STALLED_S,
    )
    for row in rows:
        enqueue("undo_import", import_id=str(row["id"]))
    return [row["id"] for row in rows]


async def _undo_slice(import_id: UUID, size: int) -> bool:
    """Whether there may be more. Whoever comes second waits for the row and goes on behind the first."""
    at = await connection().fetchrow(
        "select undo_contact, undo_change from imports where id = $1 and undo_state = 'running' for update", import_id
    )
    if at is None:
        return False
    if await _contacts(import_id, at, size) or await _merges(import_id, at, size):
        return True
    await connection().execute("update imports set undo_state = 'done' where id = $1", import_id)
    emit("import.undone", id=import_id)
    return False


async def _contacts(import_id: UUID, at: asyncpg.Record, size: int) -> bool:
    rows = await connection().fetch(_NEXT, import_id, at["undo_contact"], size)
    if not rows:
        return False
    ids = [row["id"] for row in rows]
    removed = await connection().fetchval(_REMOVE, import_id, ids)
    await _move("removed = removed + $2, undo_contact = $3", import_id, removed, ids[-1])
    return True


async def _merges(import_id: UUID, at: asyncpg.Record, size: int) -> bool:
    lowest, taken = await take_back(import_id, at["undo_change"], size)
    if lowest is None:
        return False
    await _move("unmerged = unmerged + $2, undo_change = $3", import_id, taken, lowest)
    return True


async def _move(change: str, import_id: UUID, *values: object) -> None:
    row = await connection().fetchrow(
        f"update imports set {change}, moved_at = now() where id = $1 returning removed, unmerged", import_id, *values
    )
    assert row is not None
    emit("import.undoing", id=import_id, **dict(row))
