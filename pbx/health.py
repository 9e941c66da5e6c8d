"""Whether a node can be used, as its controller says it in Redis: a key that lapses when nobody says it any more."""

from datetime import datetime

import msgspec

from ringyard.kit.cache import cache

ALIVE_S = 2


class Health(msgspec.Struct, frozen=True):
    """`connected_since`: from when on the controller has heard every event. `started_at`: the node's own start."""

    connected_since: datetime
    started_at: datetime


def key(node: str) -> str:
    return f"ringyard:controller:{node}:alive"


async def say_alive(node: str, health: Health) -> None:
    await cache().set(key(node), msgspec.json.encode(health), px=ALIVE_S * 1000)


async def say_gone(node: str) -> None:
    await cache().delete(key(node))


async def health_of(node: str) -> Health | None:
    """None: no controller watches the node, or it does not hear the node; nothing may be placed there."""
    told = await cache().get(key(node))
    return msgspec.json.decode(told, type=Health) if told else None
