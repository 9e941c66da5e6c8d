"""What can be done with an import, from the upload to its undo. Runs inside an open workspace transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.bases.service import named_base
from tenants.context import current
from tenants.events import emit
from tenants.imports import guess
from tenants.imports.fields import ImportDetail, ImportView
from tenants.imports.people import people
from tenants.imports.plan import ImportChange, ImportPlan
from tenants.imports.previewing import changed_plan, first_plan, preview
from tenants.imports.sample import HEAD
from tenants.imports.tables import Import
from tenants.imports.uploading import Upload
from tenants.jobs import enqueue

_PLAN = ", ".join(ImportPlan.__struct_fields__)
_SHOWN = f"""id, base_id, file_name, size, {_PLAN}, state, rows, added, merged, skipped, junk, error, created_at,
    confirmed_at, finished_at, undone_at, removed,
    case when state = 'done' then 1.0 else least(bytes_done::float8 / greatest(size, 1), 1) end as progress"""


async def list_imports(limit: int = 50, cursor: str | None = None, base_id: UUID | None = None) -> Page[ImportView]:
    """The newest first."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select {_SHOWN} from imports
            where ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid)) and ($3::uuid is null or base_id = $3)
            order by created_at desc, id desc limit $4""",
        *after, base_id, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: ImportView(**row), lambda row: (row["created_at"], row["id"]))


async def import_view(import_id: UUID) -> ImportView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from imports where id = $1", import_id)
    return ImportView(**_known(row))


async def import_detail(import_id: UUID) -> ImportDetail:
    """With the preview, while nothing has been confirmed. Raises NotFound."""
    view = await import_view(import_id)
    fields = msgspec.structs.asdict(view)
    if view.state != "preview":
        return ImportDetail(**fields)
    plan = ImportPlan(**{name: fields[name] for name in ImportPlan.__struct_fields__})
    head = await _head(import_id)
    shown = preview(plan, head, len(head) >= view.size, await people())
    return ImportDetail(**fields, headings=shown.headings, preview=shown.rows, problems=shown.problems)


async def create_import(
    upload: Upload, base_id: UUID, chosen: ImportChange, user_id: UUID | None = None
) -> ImportDetail:
    """An import in preview, with everything guessed that was not chosen. Raises Invalid; the caller then discards."""
    base = await named_base(base_id)
    sample = upload.sample
    guessed = guess.encoding(sample.head, sample.is_utf8, sample.odd)
    plan = first_plan(sample.head, len(sample.head) >= sample.size, guessed, current().country, chosen)
    await Import(
        id=upload.id, base_id=base.id, file_name=upload.name, file_key=upload.key, size=sample.size,
        created_by=user_id, created_at=now(), **msgspec.structs.asdict(plan),
    ).save()  # fmt: skip
    return await import_detail(upload.id)


async def change_import(import_id: UUID, chosen: ImportChange) -> ImportDetail:
    """Raises NotFound, Invalid, and Conflict once it has been confirmed."""
    row = await _locked(import_id)
    _require_preview(row)
    head = await _head(import_id)
    plan = ImportPlan(**{name: row[name] for name in ImportPlan.__struct_fields__})
    plan = changed_plan(plan, head, len(head) >= row["size"], chosen)
    values: dict[Any, Any] = msgspec.structs.asdict(plan)
    await Import.update(values).where(Import.id == import_id)
    return await import_detail(import_id)


async def confirm_import(import_id: UUID) -> ImportView:
    """The rows begin to enter the base. Raises NotFound, Conflict, and Invalid while the preview has problems."""
    _require_preview(await _locked(import_id))
    detail = await import_detail(import_id)
    if detail.problems:
        raise Invalid(detail.problems[0], [FieldError("columns", sentence) for sentence in detail.problems])
    await Import.update({Import.state: "running", Import.confirmed_at: now()}).where(Import.id == import_id)
    emit("import.started", id=import_id, base_id=detail.base_id)
    enqueue("run_import", import_id=import_id)
    return await import_view(import_id)


async def cancel_import(import_id: UUID) -> ImportView:
    """No further row enters; those that are in stay until an undo. Raises NotFound, Conflict once it has ended."""
    row = await _locked(import_id)
    if row["state"] not in ("preview", "running"):
        raise Conflict(_("This import has already ended."))
    await Import.update({Import.state: "cancelled", Import.finished_at: now()}).where(Import.id == import_id)
    emit("import.done", id=import_id, base_id=row["base_id"], state="cancelled")
    enqueue("enrol_base", base_id=row["base_id"])
    return await import_view(import_id)


async def _locked(import_id: UUID) -> asyncpg.Record:
    row = await connection().fetchrow(
        f"select id, base_id, size, state, {_PLAN} from imports where id = $1 for update", import_id
    )
    return _known(row)


def _known(row: asyncpg.Record | None) -> asyncpg.Record:
    if row is None:
        raise NotFound(_("There is no such import."))
    return row


def _require_preview(row: asyncpg.Record) -> None:
    if row["state"] != "preview":
        raise Conflict(_("This import has been confirmed, so its settings cannot be changed any more."))


async def _head(import_id: UUID) -> bytes:
    row = await connection().fetchrow("select file_key, size from imports where id = $1", import_id)
    assert row is not None
    try:
        return await store.get_range(row["file_key"], 0, min(row["size"], HEAD))
    except FileNotFoundError as error:
        raise Conflict(_("The file of this import is gone. Upload it again.")) from error
