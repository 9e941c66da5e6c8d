"""Lists of junk: rows and numbers that did not enter, with the reason. Runs inside an open workspace transaction.

How an entry gets into the base after all stands in `mending`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.imports.fields import JunkCounts, JunkView
from tenants.imports.reasons import reason_sentence
from tenants.imports.service import import_view

COLUMNS = """id, import_id, base_id, row_number, column_number, cells, reason, repair, proposal, created_at,
    resolved_at, contact_id"""


class JunkFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`q` is any part of the row as it stood in the file; resolved entries are in the base already."""

    reason: str | None = None
    repair: str | None = None
    q: str = ""
    resolved: bool = False


EVERYTHING = JunkFilter()


def conditions(wanted: JunkFilter, first: int) -> tuple[str, list[Any]]:
    """SQL whose parameters are numbered from `first`, and their values."""
    parts: list[str] = []
    values: list[Any] = []
    for part, value in (
        ("(resolved_at is not null) = ${}", wanted.resolved),
        ("reason = ${}", wanted.reason or None),
        ("repair = ${}", wanted.repair or None),
        ("cells::text ilike ${}", _pattern(wanted.q) if wanted.q.strip() else None),
    ):
        if value is not None:
            values.append(value)
            parts.append(part.format(first + len(values) - 1))
    return " and ".join(parts), values


async def junk_of_import(
    import_id: UUID, limit: int = 50, cursor: str | None = None, wanted: JunkFilter = EVERYTHING
) -> Page[JunkView]:
    """In the file's order. Raises NotFound."""
    await import_view(import_id)
    after = decoded(cursor, tuple[int, UUID]) if cursor else (None, None)
    where, values = conditions(wanted, 5)
    rows = await connection().fetch(
        f"""select {COLUMNS} from junk
            where import_id = $1 and ($2::bigint is null or (row_number, id) > ($2, $3::uuid)) and {where}
            order by row_number, id limit $4""",
        import_id, *after, limit + 1, *values,
    )  # fmt: skip
    return page(rows, limit, view_of, lambda row: (row["row_number"], row["id"]))


async def junk_of_base(
    base_id: UUID, limit: int = 50, cursor: str | None = None, wanted: JunkFilter = EVERYTHING
) -> Page[JunkView]:
    """The newest first."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    where, values = conditions(wanted, 5)
    rows = await connection().fetch(
        f"""select {COLUMNS} from junk
            where base_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid)) and {where}
            order by created_at desc, id desc limit $4""",
        base_id, *after, limit + 1, *values,
    )  # fmt: skip
    return page(rows, limit, view_of, lambda row: (row["created_at"], row["id"]))


async def junk_counts(import_id: UUID) -> JunkCounts:
    """What waits in an import's junk."""
    rows = await connection().fetch(
        """select reason, repair, count(*) as n from junk where import_id = $1 and resolved_at is null
           group by reason, repair order by n desc, reason, repair""",
        import_id,
    )
    repairable = [row for row in rows if row["repair"]]
    return JunkCounts(
        total=sum(row["n"] for row in rows), reasons=_sums(rows, "reason"), repairs=_sums(repairable, "repair")
    )


async def junk_entry(junk_id: UUID) -> JunkView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {COLUMNS} from junk where id = $1", junk_id)
    if row is None:
        raise NotFound(_("There is no such junk entry."))
    return view_of(row)


async def delete_junk(junk_ids: Sequence[UUID]) -> int:
    """How many were there to be deleted; the import's own figures stay what they were."""
    status = await connection().execute("delete from junk where id = any($1::uuid[])", list(junk_ids))
    return int(status.rpartition(" ")[2])


async def delete_found(import_id: UUID, wanted: JunkFilter) -> int:
    """All that the filter finds in one import's junk. Raises NotFound."""
    await import_view(import_id)
    where, values = conditions(wanted, 2)
    status = await connection().execute(f"delete from junk where import_id = $1 and {where}", import_id, *values)
    return int(status.rpartition(" ")[2])


def _pattern(text: str) -> str:
    """Any part of a cell as JSON writes it, so that quotes and backslashes are found too."""
    within = msgspec.json.encode(text.strip()).decode()[1:-1]
    return "%" + within.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _sums(rows: Sequence[asyncpg.Record], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[name]] = found.get(row[name], 0) + row["n"]
    return found


def view_of(row: asyncpg.Record) -> JunkView:
    return JunkView(
        id=row["id"], import_id=row["import_id"], base_id=row["base_id"], row=row["row_number"],
        column=row["column_number"], cells=row["cells"], reason=row["reason"], message=reason_sentence(row["reason"]),
        repair=row["repair"], proposal=row["proposal"], created_at=row["created_at"], resolved_at=row["resolved_at"],
        contact_id=row["contact_id"],
    )  # fmt: skip
