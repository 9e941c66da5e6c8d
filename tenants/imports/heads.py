"""The beginning of an import's file, from which its preview is made. Runs inside an open workspace transaction."""

from uuid import UUID

from ringyard.kit import store
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, NotFound
from ringyard.kit.text import _
from tenants.imports import guess
from tenants.imports.sample import HEAD


async def head_of(import_id: UUID) -> tuple[bytes, bool]:
    """The file's first bytes, and whether they are all of it. Raises NotFound, Conflict when the file is gone."""
    row = await connection().fetchrow("select file_key, size from imports where id = $1", import_id)
    if row is None:
        raise NotFound(_("There is no such import."))
    try:
        head = await store.get_range(row["file_key"], 0, min(row["size"], HEAD))
    except FileNotFoundError as error:
        raise Conflict(_("The file of this import is gone. Upload it again.")) from error
    return head, len(head) >= row["size"]


async def headings_of(import_id: UUID) -> list[str]:
    """The cells of the file's first row. Raises NotFound, Conflict."""
    head, whole = await head_of(import_id)
    row = await connection().fetchrow("select encoding, delimiter from imports where id = $1", import_id)
    assert row is not None
    found = guess.records(head, whole, row["encoding"], row["delimiter"], 2)
    return found[0].cells if found else []
