"""Junk that gets into the base after all: repairs accepted one by one or all of a kind, and rows edited by hand.

Runs inside an open workspace transaction, but for the job. The same reader and the same merging as the import's decide.
"""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

import asyncpg

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, invalid
from ringyard.kit.text import _
from tenants.custom_fields.service import custom_kinds
from tenants.events import emit
from tenants.imports.adding import add_drafts
from tenants.imports.fields import JunkView
from tenants.imports.junk import COLUMNS, junk_entry, view_of
from tenants.imports.people import people
from tenants.imports.plan import ImportPlan
from tenants.imports.reasons import reason_sentence
from tenants.imports.repairing import Mended, mended, with_proposals
from tenants.imports.rows import RowReader
from tenants.imports.service import locked
from tenants.imports.work import Work
from tenants.jobs import enqueue
from tenants.workspace import workspace

SLICE = 1000
"""Rows of one transaction: well under a second."""

AT_ONCE = 200
"""So many rows are accepted while the customer waits; more are a job's."""


async def accept(junk_id: UUID, user_id: UUID | None = None) -> JunkView:
    """Put the proposal in and the row into the base. Raises NotFound, and Conflict where there is nothing to accept."""
    entry = await _waiting(junk_id)
    if entry.proposal is None:
        raise Conflict(_("There is no repair to accept for this row. Edit it instead."))
    row = await _ended(entry.import_id)
    reader = await _reader(row)
    result = mended(entry, with_proposals([entry], reader), reader)
    if not result.leaves(entry):
        raise Conflict(_("The repair does not make a number that can be called. Edit the row instead."))
    await _enter(row, [result], user_id)
    return await junk_entry(junk_id)


async def edit(junk_id: UUID, cells: Sequence[str] | None, user_id: UUID | None = None) -> JunkView:
    """The row as somebody wrote it (None: as it is), into the base.

    Raises NotFound, Conflict, and Invalid beside `cells.<column>`.
    """
    entry = await _waiting(junk_id)
    row = await _ended(entry.import_id)
    cells = entry.cells if cells is None else cells
    if len(cells) > max(len(entry.cells), len(row["columns"])):
        raise invalid("cells", _("The row has more cells than the file has columns."))
    result = mended(entry, [cell.replace("\0", "") for cell in cells], await _reader(row))
    if not result.leaves(entry):
        errors = [
            FieldError(f"cells.{one.column}" if one.column else "cells", reason_sentence(one.reason))
            for one in result.wrong
        ]
        raise Invalid(_("The row cannot enter the base yet."), errors)
    await _enter(row, [result], user_id)
    return await junk_entry(junk_id)


async def accept_all(import_id: UUID, repair: str, user_id: UUID | None = None) -> int:
    """Accept every proposal of a kind; how many there are. Few at once, many by the job `accept_junk`.

    Raises NotFound, and Conflict before the import has ended or once it was undone.
    """
    row = await _ended(import_id)
    waiting = await connection().fetchval(
        "select count(*) from junk where import_id = $1 and repair = $2 and resolved_at is null", import_id, repair
    )
    if waiting <= AT_ONCE:
        await _accept_slice(row, repair, user_id)
    elif repair not in row["accepting"]:
        await connection().execute(
            "update imports set accepting = array_append(accepting, $2) where id = $1", import_id, repair
        )
        enqueue("accept_junk", import_id=import_id)
    return int(waiting)


async def run_accepting(import_id: UUID) -> None:
    """The job `accept_junk`: slice by slice, each a transaction; it may run twice and die at any line."""
    while await _accept_next(import_id):
        pass


async def resume_accepting() -> None:
    """Ask again for what a crash left. Runs inside an open workspace transaction."""
    for row in await connection().fetch("select id from imports where accepting <> '{}'"):
        enqueue("accept_junk", import_id=row["id"])


async def _accept_next(import_id: UUID) -> bool:
    """Whether there may be more to do."""
    async with workspace() as here:
        kinds = await here.fetchval("select accepting from imports where id = $1 for update", import_id)
        if not kinds:
            return False
        row = await _ended(import_id)
        if not await _accept_slice(row, kinds[0], row["created_by"]):
            await here.execute(
                "update imports set accepting = array_remove(accepting, $2) where id = $1", import_id, kinds[0]
            )
            emit("import.junk", id=import_id)
        return True


async def _accept_slice(row: asyncpg.Record, repair: str, user_id: UUID | None) -> bool:
    """The next rows with this kind of repair; whether there were any. One that does not help is no longer proposed."""
    entries = await _of_kind(row["id"], repair)
    if not entries:
        return False
    reader = await _reader(row)
    results: list[Mended] = []
    useless: list[UUID] = []
    for _row, group in groupby(entries, key=lambda one: one.row):
        of_row = list(group)
        result = mended(of_row[0], with_proposals(of_row, reader), reader)
        helps = any(result.leaves(one) for one in of_row)
        results += [result] if helps else []
        useless += [one.id for one in of_row if not (helps and result.leaves(one))]
    await connection().execute("update junk set repair = null, proposal = null where id = any($1::uuid[])", useless)
    await _enter(row, results, user_id)
    return True


async def _of_kind(import_id: UUID, repair: str) -> list[JunkView]:
    rows = await connection().fetch(
        f"""select {COLUMNS} from junk
            where import_id = $1 and repair = $2 and resolved_at is null and row_number in (
                select distinct row_number from junk where import_id = $1 and repair = $2 and resolved_at is null
                order by row_number limit $3)
            order by row_number, column_number, id for update""",
        import_id, repair, SLICE,
    )  # fmt: skip
    return [view_of(row) for row in rows]


async def _enter(row: asyncpg.Record, results: Sequence[Mended], user_id: UUID | None) -> None:
    """The rows into the base, and their entries settled; other entries of a row keep waiting with its new cells."""
    if not results:
        return
    work = Work(row["id"], row["base_id"], _plan(row), False, user_id)
    contact_of = await add_drafts(work, [one.draft for one in results if one.draft is not None])
    cells = {one.row: one for one in results}
    waiting = await connection().fetch(
        f"""select {COLUMNS} from junk where import_id = $1 and row_number = any($2::bigint[]) and resolved_at is null
            for update""",
        row["id"], list(cells),
    )  # fmt: skip
    changes = []
    for entry in map(view_of, waiting):
        result = cells[entry.row]
        left = result.leaves(entry)
        changes.append((entry.id, result.cells, now() if left else None, contact_of.get(entry.row) if left else None))
    await connection().executemany(
        "update junk set cells = $2, resolved_at = $3, contact_id = $4 where id = $1", changes
    )
    enqueue("enrol_base", base_id=row["base_id"])
    emit("import.junk", id=row["id"])


async def _waiting(junk_id: UUID) -> JunkView:
    """Raises NotFound, Conflict once the row is in the base."""
    entry = await junk_entry(junk_id)
    if entry.resolved_at is not None:
        raise Conflict(_("This row is in the base already."))
    return entry


async def _ended(import_id: UUID) -> asyncpg.Record:
    row = await locked(import_id)
    if row["state"] in ("preview", "running"):
        raise Conflict(_("Wait until the import has ended, then take its junk into the base."))
    if row["undone_at"] is not None:
        raise Conflict(_("This import was undone, so its junk cannot enter the base any more."))
    return row


async def _reader(row: asyncpg.Record) -> RowReader:
    return RowReader(_plan(row), await people(), await custom_kinds())


def _plan(row: asyncpg.Record) -> ImportPlan:
    return ImportPlan(**{name: row[name] for name in ImportPlan.__struct_fields__})
