"""The database alone with the same rows: COPY into tables with the same indexes and nothing else, and COPY out."""

import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

SCHEMA = "bare"
_COLUMNS = {
    "contacts": "id, base_id, name, email, region, timezone, responsible_id, category_ids, comment, external_id, "
    "custom, import_id, created_at, modified_at",
    "phones": "contact_id, position, number, kind, region, timezone",
}
_OURS = {"contacts": "import_id = $1", "phones": "contact_id in (select id from contacts where import_id = $1)"}


@dataclass(frozen=True, slots=True)
class Copied:
    """`rows` contacts with their numbers; both in seconds."""

    rows: int
    in_s: float
    out_s: float


async def copied(url: str, schema: str, import_id: UUID, folder: Path) -> Copied:
    """What an import brought, copied out and into new tables of the same server; `url` is an administrator's."""
    connection = await asyncpg.connect(url, server_settings={"search_path": f"{schema}, ext"})
    try:
        out = await _out(connection, import_id, folder)
        await connection.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        began, rows = time.monotonic(), 0
        for table in _COLUMNS:
            await connection.execute(f"create table {SCHEMA}.{table} (like {table} including all)")
        for table, columns in _COLUMNS.items():
            status = await connection.copy_to_table(
                table, schema_name=SCHEMA, source=folder / table, columns=columns.split(", "), format="binary"
            )
            rows = rows or int(status.split()[1])
        took = time.monotonic() - began
        await connection.execute(f"drop schema {SCHEMA} cascade")
        return Copied(rows, took, out)
    finally:
        await connection.close()


async def _out(connection: asyncpg.Connection, import_id: UUID, folder: Path) -> float:
    """Seconds for both tables."""
    began = time.monotonic()
    for table, columns in _COLUMNS.items():
        select = f"select {columns} from {table} where {_OURS[table]}"
        await connection.copy_from_query(select, import_id, output=folder / table, format="binary")
    return time.monotonic() - began


async def whole_table(url: str, schema: str, rows: int, file: Path) -> float:
    """Seconds to copy so many contacts with their numbers out as CSV, read in the order of the table."""
    connection = await asyncpg.connect(url, server_settings={"search_path": schema})
    try:
        began = time.monotonic()
        await connection.copy_from_query(
            """select c.name, c.email, c.region, c.timezone, c.status, c.comment, c.created_at, c.modified_at,
                      (select string_agg(p.number, ', ' order by p.position) from phones p where p.contact_id = c.id)
               from contacts c limit $1""",
            rows, output=file, format="csv",
        )  # fmt: skip
        return time.monotonic() - began
    finally:
        await connection.close()
