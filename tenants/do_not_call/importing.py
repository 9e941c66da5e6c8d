"""A file of numbers put on the list, slice by slice; it may die anywhere and be run again. Opens own transactions."""

import asyncio
import codecs
from collections.abc import AsyncIterable, AsyncIterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.phone import sentence
from ringyard.kit.text import _
from tenants.context import current
from tenants.do_not_call.fields import JunkRow, ListImport, checked_reason
from tenants.do_not_call.rows import Row, records, understood
from tenants.files import new_key
from tenants.imports.guess import delimiter as guessed_delimiter
from tenants.imports.guess import encoding as guessed_encoding
from tenants.imports.plan import codec
from tenants.imports.sample import Sample
from tenants.jobs import enqueue
from tenants.workspace import workspace

LIMIT = 50 * store.BLOCK
AT_ONCE = 256 * 1024
"""A file up to this size, in bytes, is read while its sender waits."""
SLICE = 5_000
JUNK_SHOWN = 200
_SHOWN = "id, file_name, state, rows, added, known, junk, junk_rows, created_at, finished_at"


async def import_file(name: str, chunks: AsyncIterable[bytes], reason: str, user_id: UUID) -> ListImport:
    """Raises Invalid (field `file`) for what is no text, TooLarge past `LIMIT`."""
    reason, import_id, sample = checked_reason(reason), new_id(), Sample(workbooks=False)
    key = new_key("do_not_call", import_id)
    await store.put(key, sample.watch(chunks), LIMIT)
    async with workspace():
        await connection().execute(
            """insert into do_not_call_imports (id, file_name, file_key, reason, created_by)
               values ($1, $2, $3, $4, $5)""",
            import_id, name.replace("\0", "")[:255] or "list.csv", key, reason, user_id,
        )  # fmt: skip
        if sample.size > AT_ONCE:
            enqueue("import_do_not_call", import_id=str(import_id))
    if sample.size <= AT_ONCE:
        await run_import(import_id)
    async with workspace():
        return await list_import(import_id)


async def list_import(import_id: UUID) -> ListImport:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from do_not_call_imports where id = $1", import_id)
    if row is None:
        raise NotFound(_("There is no such import."))
    junk = [JunkRow(place, text, sentence(reason)) for place, text, reason in row["junk_rows"]]
    return ListImport(**{**row, "junk_rows": junk})


async def latest_imports(limit: int = 5) -> list[ListImport]:
    rows = await connection().fetch("select id from do_not_call_imports order by created_at desc limit $1", limit)
    return [await list_import(row["id"]) for row in rows]


async def run_import(import_id: UUID) -> None:
    """The job `import_do_not_call`: from the first row that is not done to the end."""
    async with workspace():
        row = await connection().fetchrow(
            "select file_key, reason, created_by, rows from do_not_call_imports where id = $1 and state = 'running'",
            import_id,
        )
    if row is None:
        return
    try:
        await _read_on(import_id, dict(row))
    except FileNotFoundError:
        await _end(import_id, "failed")


async def _read_on(import_id: UUID, run: dict[str, object]) -> None:
    done = 0
    async for slice_, read in _slices(str(run["file_key"]), int(str(run["rows"]))):
        done = read
        async with workspace():
            if not await _store(import_id, slice_, read, run):
                return  # another run of the same job is further
    await _end(import_id, "done", done)


async def _slices(key: str, skipped: int) -> AsyncIterator[tuple[list[Row], int]]:
    """Rows beyond the first `skipped`, with how many of the file's are read by then."""
    lines, place, country = _lines(key), 0, current().country
    delimiter = await _delimiter(key)
    while batch := [line async for line in _some(lines)]:
        first, place = place, place + len(batch)
        if place > skipped:
            yield await asyncio.to_thread(_understood, batch, first, delimiter, country), place


async def _some(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    for _place in range(SLICE):
        try:
            yield await anext(lines)
        except StopAsyncIteration:
            return


def _understood(batch: list[str], first: int, delimiter: str, country: str) -> list[Row]:
    found = (understood(place, cells, country) for place, cells in enumerate(records(batch, delimiter), first + 1))
    return [row for row in found if row is not None]


async def _head(key: str) -> bytes:
    return await store.get_range(key, 0, min(await store.size(key), 64 * 1024))


async def _encoding(key: str) -> str:
    head = await _head(key)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return guessed_encoding(head, False, head)
    return guessed_encoding(head, True, b"")


async def _delimiter(key: str) -> str:
    return guessed_delimiter(await _head(key), await _encoding(key))


async def _lines(key: str) -> AsyncIterator[str]:
    """The file's lines; what cannot be decoded is shown as such and is junk at worst."""
    decoder = codecs.getincrementaldecoder(codec(await _encoding(key)))(errors="replace")
    rest = ""
    async for block in store.read(key):
        text = rest + decoder.decode(block)
        lines = text.splitlines(keepends=True)
        rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
        for line in lines:
            yield line.rstrip("\r\n").removeprefix("\ufeff")
    for line in (rest + decoder.decode(b"", final=True)).splitlines():
        yield line.removeprefix("\ufeff")


_STORE = """
with came as (
    select distinct on (number) number, reason from unnest($2::text[], $3::text[]) as v (number, reason)
), added as (
    insert into do_not_call (number, reason, source, created_by)
    select number, reason, 'import', $4 from came on conflict (number) do nothing returning 1
)
update do_not_call_imports i
set rows = $5, moved_at = now(), added = i.added + (select count(*) from added),
    known = i.known + cardinality($2::text[]) - (select count(*) from added), junk = i.junk + $6,
    junk_rows = i.junk_rows || $7::jsonb
where id = $1 and rows < $5 and state = 'running'
returning 1
"""


async def _store(import_id: UUID, slice_: list[Row], read: int, run: dict[str, object]) -> bool:
    """False where the slice is done already."""
    good, junk = [row for row in slice_ if row.number], [row for row in slice_ if row.junk]
    held = await connection().fetchrow(
        """select jsonb_array_length(junk_rows) as shown from do_not_call_imports
           where id = $1 and rows < $2 and state = 'running' for update""",
        import_id, read,
    )  # fmt: skip
    if held is None:
        return False
    shown = [[row.row, row.text, row.junk] for row in islice(junk, max(0, JUNK_SHOWN - held["shown"]))]
    await connection().execute(
        _STORE, import_id, [row.number for row in good], [row.reason or run["reason"] for row in good],
        run["created_by"], read, len(junk), shown,
    )  # fmt: skip
    return True


async def _end(import_id: UUID, state: str, rows: int | None = None) -> None:
    async with workspace():
        key = await connection().fetchval(
            """update do_not_call_imports set state = $2, finished_at = now(), rows = coalesce($3, rows)
               where id = $1 and state = 'running' returning file_key""",
            import_id, state, rows,
        )  # fmt: skip
    if key:
        await store.delete(key)


async def resume_stalled_lists() -> None:
    """Those whose job was lost. Inside an open workspace transaction; for the sweep."""
    rows = await connection().fetch(
        "select id from do_not_call_imports where state = 'running' and moved_at < $1", now() - timedelta(minutes=2)
    )
    for row in rows:
        enqueue("import_do_not_call", import_id=str(row["id"]))
