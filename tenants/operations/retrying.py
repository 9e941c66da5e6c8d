"""A slice's transaction, tried again where it met dialing: that locks contacts in an order of its own."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from tenants.workspace import workspace

Result = TypeVar("Result")
_ATTEMPTS = 5


async def in_transaction(work: Callable[[], Awaitable[Result]]) -> Result:
    """What `work` gives, in a transaction of its own. Raises DeadlockDetectedError when it never gets through."""
    for _attempt in range(_ATTEMPTS - 1):
        try:
            async with workspace():
                return await work()
        except asyncpg.DeadlockDetectedError:
            continue
    async with workspace():
        return await work()
