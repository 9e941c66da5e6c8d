"""Wait until a part answers, with a deadline and a sentence for the fault."""

import asyncio
from collections.abc import Awaitable, Callable

from ringyard.local.faults import LocalError

EVERY_S = 0.05


async def until(ready: Callable[[], Awaitable[bool]], limit_s: float, otherwise: str) -> None:
    """Return once `ready` says yes. Raises LocalError with the sentence `otherwise` after `limit_s` seconds."""
    try:
        async with asyncio.timeout(limit_s):
            while True:
                if await ready():
                    return
                await asyncio.sleep(EVERY_S)
    except TimeoutError:
        raise LocalError(otherwise) from None
