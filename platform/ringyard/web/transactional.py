"""One request is one transaction: a decorator under the route opens it round the handler.

The answer is rendered after the commit, from what the handler returned. On a POST with an idempotency key the
workspace transaction also holds the key's claim and the answer (see `idempotency`).
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from ringyard.web import idempotency
from tenants.workspace import workspace

P = ParamSpec("P")
R = TypeVar("R")


def in_workspace(handler: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """The handler runs in a transaction as the current tenant; whatever it raises rolls everything back."""

    @wraps(handler)
    async def opened(*args: P.args, **kwargs: P.kwargs) -> Any:
        async with workspace():
            claim = idempotency.pending()
            if claim is None:
                return await handler(*args, **kwargs)
            return await claim.once(lambda: handler(*args, **kwargs))

    return opened
