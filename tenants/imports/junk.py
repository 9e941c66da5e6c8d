"""Lists of junk: rows and numbers that did not enter, with the reason. Runs inside an open workspace transaction."""

from datetime import datetime
from uuid import UUID

import asyncpg

from ringyard.kit.db import connection
from ringyard.kit.keyset import Page, decoded, page
from tenants.imports.fields import JunkView
from tenants.imports.reasons import reason_sentence
from tenants.imports.service import import_view

_COLUMNS = "id, import_id, base_id, row_number, column_number, cells, reason, created_at"


async def junk_of_import(import_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[JunkView]:
    """In the file's order. Raises NotFound."""
    await import_view(import_id)
    after = decoded(cursor, tuple[int, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select {_COLUMNS} from junk
            where import_id = $1 and ($2::bigint is null or (row_number, id) > ($2, $3::uuid))
            order by row_number, id limit $4""",
        import_id, *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["row_number"], row["id"]))


async def junk_of_base(base_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[JunkView]:
    """The newest first."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select {_COLUMNS} from junk
            where base_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
            order by created_at desc, id desc limit $4""",
        base_id, *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["created_at"], row["id"]))


def _view(row: asyncpg.Record) -> JunkView:
    return JunkView(
        id=row["id"],
        import_id=row["import_id"],
        base_id=row["base_id"],
        row=row["row_number"],
        column=row["column_number"],
        cells=row["cells"],
        reason=row["reason"],
        message=reason_sentence(row["reason"]),
        created_at=row["created_at"],
    )
