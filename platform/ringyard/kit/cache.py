"""The process's Redis client: short-lived coordination only, never the only copy of anything.

Every key of a workspace begins with its schema.
"""

from redis.asyncio import BlockingConnectionPool, Redis

_client: Redis | None = None
_listener: Redis | None = None


class NotConnected(RuntimeError):
    """Redis was used before `open_cache`."""


async def open_cache(url: str) -> None:
    """Commands and subscriptions have separate pools: a page full of live streams must not starve commands."""
    global _client, _listener  # noqa: PLW0603 - one client per process, like the database pool
    _client = Redis.from_pool(_pool(url, 50))
    _listener = Redis.from_pool(_pool(url, 1000))
    await _client.ping()


def _pool(url: str, size: int) -> BlockingConnectionPool:
    """Without a time limit per command: for one the client uses `asyncio.wait_for`, which under Python 3.11 swallows a
    cancellation that comes in the moment its work is done (bpo-37658). Whoever must not wait long says so outside."""
    return BlockingConnectionPool.from_url(
        url, max_connections=size, timeout=5, socket_timeout=None, socket_connect_timeout=5, socket_keepalive=True
    )


async def close_cache() -> None:
    for client in (_client, _listener):
        if client is not None:
            await client.aclose()


def cache() -> Redis:
    if _client is None:
        raise NotConnected
    return _client


def listener() -> Redis:
    """For publish/subscribe and blocking reads."""
    if _listener is None:
        raise NotConnected
    return _listener
