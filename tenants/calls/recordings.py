"""Recordings of calls, for listening. Inside an open workspace transaction; the bytes are in the object store."""

from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.text import _
from tenants.sounds import StoredSound


async def recording(recording_id: UUID) -> StoredSound:
    """Raises NotFound."""
    row = await connection().fetchrow(
        "select file_key, content_type, call_id from recordings where id = $1", recording_id
    )
    if row is None:
        raise NotFound(_("There is no such recording."))
    suffix = row["content_type"].rpartition("/")[2].removeprefix("x-")
    return StoredSound(row["file_key"], row["content_type"], f"{row['call_id']}.{suffix}")
