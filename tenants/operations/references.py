"""What contacts are to point to, locked once for a slice: row by row this costs half as much as the change itself.

Inside an open workspace transaction; the schema's own look at each row is left out until its end.
"""

from uuid import UUID

from ringyard.kit.db import connection

_TABLES = {"responsible": "users", "base": "bases"}
_LOOKED_UP = "select set_config('ringyard.looked_up', 'on', true)"


class ReferenceGone(Exception):
    """What the contacts were to be given is no longer there."""


async def hold(kind: str, chosen: UUID | None) -> None:
    """What all contacts of a slice get. Raises ReferenceGone."""
    table = _TABLES.get(kind)
    if table is None or chosen is None:
        return
    if not await connection().fetchval(f"select 1 from {table} where id = $1 for key share", chosen):
        raise ReferenceGone
    await connection().execute(_LOOKED_UP)


async def hold_all(kind: str) -> None:
    """All that contacts of a slice may come back to; whether each is there is the slice's to ask."""
    table = _TABLES.get(kind)
    if table is not None:
        await connection().execute(f"select 1 from {table} order by id for key share")
        await connection().execute(_LOOKED_UP)
