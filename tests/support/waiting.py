"""Waiting for what will become true, with a deadline: tests never sleep for a guessed time."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
_PAUSE_S = 0.02


async def until(condition: Callable[[], T | Awaitable[T]], deadline: float = 5.0, what: str = "") -> T:
    """What `condition` (sync or async) gives once that is true. Raises TimeoutError `deadline` seconds from now."""
    end = time.monotonic() + deadline
    while True:
        answer = condition()
        value: T = await answer if inspect.isawaitable(answer) else answer
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"not within {deadline} s: {what or inspect.getsource(condition).strip()}")
        await asyncio.sleep(_PAUSE_S)
