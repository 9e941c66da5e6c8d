"""Files that no operation knows: a writer was killed before its end, or the request that chose contacts failed.

Inside an open workspace transaction.
"""

from datetime import timedelta

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import connection
from tenants.files import folder_of

_KINDS = ("exports", "selections")
_UNTOUCHED = timedelta(days=1)
_KNOWN = "select selection_key, file_key from operations where selection_key is not null or file_key is not null"


async def drop_leftovers() -> None:
    """Once nobody has written to them for a day: whoever works on one is done with it or goes on writing."""
    at = now() - _UNTOUCHED
    known = {key for row in await connection().fetch(_KNOWN) for key in row}
    for folder in map(folder_of, _KINDS):
        for key in await store.keys_before(folder, at):
            if key not in known:
                await store.delete(key)
        await store.drop_unfinished(folder, at)
