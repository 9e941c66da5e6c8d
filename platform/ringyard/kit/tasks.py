"""Ending a background task for certain."""

import asyncio
from typing import Any

_AGAIN_S = 0.5


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel the task until it has ended; what it raised is dropped.

    Once is not enough: under Python 3.11 `asyncio.wait_for`, which the Redis client sends its commands with, swallows a
    cancellation that comes in the moment its work is done (bpo-37658), and a task that loops would then go on for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_AGAIN_S)
    if not task.cancelled():
        task.exception()
