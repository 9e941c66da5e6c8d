"""What can be done with an import from its preview to its end. Runs inside an open workspace transaction.

How it is set up stands in `setting_up`, how it is taken back in `undoing`.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.custom_fields.service import custom_kinds, ensure_custom_fields
from tenants.events import emit
from tenants.imports.ending import follow_end
from tenants.imports.fields import ImportDetail, ImportView, Survey
from tenants.imports.heads import head_of
from tenants.imports.history import note
from tenants.imports.people import people
from tenants.imports.plan import CUSTOM, ImportPlan
from tenants.imports.previewing import preview
from tenants.imports.tables import Import
from tenants.jobs import enqueue

PLAN = ", ".join(ImportPlan.__struct_fields__)
_SHOWN = f"""id, base_id, file_name, coalesce(original_size, size) as size, kind, {PLAN}, template_id, state, rows,
    added, merged, skipped, repeated, found_here, found_elsewhere, blocked, junk, error, created_by, created_at,
    confirmed_at, finished_at, undone_at, removed, file_deleted_at, texts_done_at,
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
    fields = {**msgspec.structs.asdict(view), "survey": await survey_of(import_id)}
    if view.state != "preview":
        return ImportDetail(**fields, accepting=await _accepting(import_id))
    plan = ImportPlan(**{name: fields[name] for name in ImportPlan.__struct_fields__})
    head, whole = await head_of(import_id)
    shown = preview(plan, head, whole, await people(), await custom_kinds())
    return ImportDetail(**fields, headings=shown.headings, preview=shown.rows, problems=shown.problems)


async def survey_of(import_id: UUID) -> Survey | None:
    """The dry run's figures; None before it has begun. Raises NotFound."""
    row = await connection().fetchrow("select survey from imports where id = $1", import_id)
    survey = _known(row)["survey"]
    return msgspec.convert(survey, Survey) if survey else None


async def confirm_import(import_id: UUID, user_id: UUID | None = None) -> ImportView:
    """The rows begin to enter the base. Raises NotFound, Conflict, and Invalid while the preview has problems."""
    require_preview(await locked(import_id))
    detail = await import_detail(import_id)
    if detail.problems:
        raise Invalid(detail.problems[0], [FieldError("columns", sentence) for sentence in detail.problems])
    columns = await _with_own_fields(detail.columns)
    values: dict[Any, Any] = {Import.state: "running", Import.confirmed_at: now(), Import.columns: columns}
    await Import.update(values).where(Import.id == import_id)
    await note(import_id, "confirmed", user_id)
    emit("import.started", id=import_id, base_id=detail.base_id)
    enqueue("run_import", import_id=import_id)
    return await import_view(import_id)


async def cancel_import(import_id: UUID, user_id: UUID | None = None) -> ImportView:
    """No further row enters; those that are in stay until an undo. Raises NotFound, Conflict once it has ended."""
    row = await locked(import_id)
    if row["state"] not in ("preview", "running"):
        raise Conflict(_("This import has already ended."))
    await Import.update({Import.state: "cancelled", Import.finished_at: now()}).where(Import.id == import_id)
    await note(import_id, "cancelled", user_id)
    follow_end(import_id, row["base_id"], "cancelled")
    return await import_view(import_id)


async def locked(import_id: UUID) -> asyncpg.Record:
    """The import's settings, while nobody else changes them. Raises NotFound."""
    row = await connection().fetchrow(
        f"""select id, base_id, state, kind, created_by, undone_at, accepting, template_id, {PLAN}
            from imports where id = $1 for update""",
        import_id,
    )
    return _known(row)


def require_preview(row: asyncpg.Record) -> None:
    if row["state"] != "preview":
        raise Conflict(_("This import has been confirmed, so its settings cannot be changed any more."))


async def _with_own_fields(columns: list[str]) -> list[str]:
    """The columns by the keys of their own fields, each of which exists from now on."""
    asked = [column[len(CUSTOM) :].strip() for column in columns if column.startswith(CUSTOM)]
    keys = await ensure_custom_fields(asked) if asked else {}
    return [CUSTOM + keys[column[len(CUSTOM) :].strip()] if column.startswith(CUSTOM) else column for column in columns]


async def _accepting(import_id: UUID) -> list[str]:
    return list(await connection().fetchval("select accepting from imports where id = $1", import_id))


def _known(row: asyncpg.Record | None) -> asyncpg.Record:
    if row is None:
        raise NotFound(_("There is no such import."))
    return row
