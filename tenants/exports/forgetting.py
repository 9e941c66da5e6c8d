"""Files of exports that an erased person stands in. Inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit import store
from ringyard.kit.db import after_commit, connection
from tenants.contacts.selection import holds_any

# Locked: an export that is about to offer its file waits, and is then seen as it is.
_EXPORTS = """
select id, state, selection_key, file_key from operations
where kind = 'export' and selection_key is not null and (state = 'running' or file_key is not null)
order by id for update
"""
_GONE = """
update operations set file_key = null, selection_key = null, purged_at = now() where id = $1
"""
_ANEW = """
update operations set value = value || jsonb_build_object('erasures', coalesce((value ->> 'erasures')::int, 0) + 1)
where id = $1
"""


async def forget_exported(contact_ids: Sequence[UUID]) -> None:
    """Files are no longer offered; an export that still runs begins anew, without these contacts."""
    for row in await connection().fetch(_EXPORTS):
        if not await holds_any(row["selection_key"], contact_ids):
            continue
        await connection().execute(_ANEW if row["state"] == "running" else _GONE, row["id"])
        if row["state"] != "running":
            _delete(row["file_key"])
            _delete(row["selection_key"])


def _delete(key: str) -> None:
    after_commit(lambda: store.delete(key))
