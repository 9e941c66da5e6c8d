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
    _client = Redis.from_pool(BlockingConnectionPool.from_url(url, max_connections=50, timeout=5))
    _listener = Redis.from_pool(BlockingConnectionPool.from_url(url, max_connections=1000, timeout=5))
    await _client.ping()


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
