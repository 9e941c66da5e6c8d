"""Waiting for what will become true, with a deadline: tests never sleep for a guessed time."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")
_PAUSE_S = 0.02


def until_now(condition: Callable[[], bool], deadline: float, what: str) -> None:
    """The same outside an event loop."""
    end = time.monotonic() + deadline
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {deadline} s: {what}")
        time.sleep(_PAUSE_S)


@overload
async def until(condition: Callable[[], Awaitable[T]], deadline: float = 5.0, what: str = "") -> T: ...
@overload
async def until(condition: Callable[[], T], deadline: float = 5.0, what: str = "") -> T: ...
async def until(condition: Callable[[], Any], deadline: float = 5.0, what: str = "") -> Any:
    """What `condition` (sync or async) gives once that is true. Raises TimeoutError `deadline` seconds from now."""
    end = time.monotonic() + deadline
    while True:
        value = condition()
        if inspect.isawaitable(value):
            value = await value
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"not within {deadline} s: {what or condition}")
        await asyncio.sleep(_PAUSE_S)
