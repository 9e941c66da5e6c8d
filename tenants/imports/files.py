"""Files that came in by imports, with what was done with them. Runs inside an open workspace transaction.

Files that went out, exports, are operations; the list of all files shows both.
"""

from datetime import datetime
from functools import partial
from typing import Literal
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import Conflict, NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.imports.history import Happening, history, note

_FILES = """
select id, 'import' as source, file_name as name, coalesce(original_size, size) as size, base_id, state, created_by,
       created_at, file_deleted_at as deleted_at, undone_at
from imports
union all
select id, 'export', coalesce(file_name, ''), coalesce(file_size, 0), null, state, created_by, created_at, purged_at,
       null
from operations where kind = 'export' and state <> 'prepared'
"""


class FileView(msgspec.Struct, frozen=True, kw_only=True):
    """`size` in bytes. `id` is the import's or the operation's. `deleted_at`: since then the file itself is gone."""

    id: UUID
    source: Literal["import", "export"]
    name: str
    size: int
    base_id: UUID | None
    state: str
    created_by: UUID | None
    created_at: datetime
    deleted_at: datetime | None
    undone_at: datetime | None


class FileDetail(FileView, frozen=True, kw_only=True):
    """`history` of an uploaded file, the oldest first."""

    history: list[Happening]


async def list_files(limit: int = 50, cursor: str | None = None, source: str | None = None) -> Page[FileView]:
    """The newest first. `source` is `import` or `export`; both when it is None."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select id, source, name, size, base_id, state, created_by, created_at, deleted_at, undone_at
            from ({_FILES}) files
            where ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid)) and ($3::text is null or source = $3)
            order by created_at desc, id desc limit $4""",
        *after, source, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: FileView(**row), lambda row: (row["created_at"], row["id"]))


async def uploaded_file(import_id: UUID) -> FileDetail:
    """Raises NotFound."""
    row = await connection().fetchrow(
        """select id, 'import' as source, file_name as name, coalesce(original_size, size) as size, base_id, state,
               created_by, created_at, file_deleted_at as deleted_at, undone_at, history, finished_at
           from imports where id = $1""",
        import_id,
    )
    fields = dict(_known(row))
    done = history(fields.pop("history"), fields["state"], fields.pop("finished_at"))
    return FileDetail(**fields, history=done)


async def file_of(import_id: UUID) -> tuple[str, str]:
    """Key and name of the file as it was uploaded. Raises NotFound, also when the file was deleted."""
    row = _known(
        await connection().fetchrow(
            "select coalesce(original_key, file_key) as key, file_name, file_deleted_at from imports where id = $1",
            import_id,
        )
    )
    if row["file_deleted_at"] is not None:
        raise NotFound(_("This file was deleted."))
    return row["key"], row["file_name"]


async def delete_file(import_id: UUID, user_id: UUID | None = None) -> None:
    """The file goes once that is committed; contacts, junk and history stay.

    Raises NotFound, and Conflict while the file is still to be read.
    """
    row = _known(
        await connection().fetchrow(
            "select state, file_key, original_key, file_deleted_at from imports where id = $1 for update", import_id
        )
    )
    if row["state"] in ("preview", "running"):
        raise Conflict(_("This file is still to be read. Cancel the import first."))
    if row["file_deleted_at"] is not None:
        return
    await connection().execute("update imports set file_deleted_at = $2 where id = $1", import_id, now())
    await note(import_id, "file_deleted", user_id)
    for key in (row["file_key"], row["original_key"]):
        if key is not None:
            after_commit(partial(store.delete, key))


def _known(row: asyncpg.Record | None) -> asyncpg.Record:
    if row is None:
        raise NotFound(_("There is no such file."))
    return row
