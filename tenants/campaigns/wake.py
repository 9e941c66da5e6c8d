"""Telling the dial job of a workspace that something changed, and the clock that there is work.

`mark_dialing` is called before the transaction that starts a campaign: whatever dies afterwards, the clock finds the
workspace. `wake` only makes things quicker; losing one costs at most a tick.
"""

from datetime import datetime

from ringyard.kit.cache import cache
from ringyard.kit.db import core
from tenants.context import current

LOOK, ROOM = b"look", b"room"


def channel(schema: str) -> str:
    return f"{schema}:wake"


async def wake(schema: str) -> None:
    """A campaign changed, or contacts came: look at everything again."""
    await cache().publish(channel(schema), LOOK)


async def wake_for_capacity(schema: str) -> None:
    """Calls ended: there is room for others, and contacts may be due again."""
    await cache().publish(channel(schema), ROOM)


async def mark_dialing() -> None:
    """Idempotent. Opens a core transaction of its own, so not inside another."""
    async with core() as connection:
        await connection.execute("update core.workspaces set dialing_since = now() where id = $1", current().id)


async def unmark_dialing(before: datetime) -> None:
    """No campaign runs: forget the mark, unless one was started since `before`."""
    async with core() as connection:
        await connection.execute(
            "update core.workspaces set dialing_since = null where id = $1 and dialing_since < $2", current().id, before
        )
