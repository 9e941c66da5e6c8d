"""What one user chose for themselves: a value by key. Runs inside an open workspace transaction."""

from typing import TypeVar
from uuid import UUID

import msgspec

from ringyard.kit.db import connection

Value = TypeVar("Value", bound=msgspec.Struct)


async def preferred(user_id: UUID, key: str, usual: Value) -> Value:
    """What this user chose; the usual where there is nothing, or nothing that can be read any more."""
    stored = await connection().fetchval("select value from preferences where user_id = $1 and key = $2", user_id, key)
    try:
        return usual if stored is None else msgspec.convert(stored, type(usual))
    except msgspec.ValidationError:
        return usual


async def prefer(user_id: UUID, key: str, value: msgspec.Struct) -> None:
    await connection().execute(
        """insert into preferences (user_id, key, value) values ($1, $2, $3)
           on conflict (user_id, key) do update set value = excluded.value""",
        user_id, key, msgspec.to_builtins(value),
    )  # fmt: skip
