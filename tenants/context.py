"""Who we are working for: the tenant, carried in a ContextVar.

It is set at three edges only: the web's host middleware, the worker's middleware and the controller's event loop
(and by commands an operator types). Everything inside reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Tenant:
    """One workspace as the registry knows it. `schema` is also the name of its Postgres role."""

    id: UUID
    number: int
    slug: str
    schema: str
    name: str
    country: str
    timezone: str
    home_node: str | None
    status: str


class NoTenant(RuntimeError):
    """Work for a workspace was asked for with no workspace in the context."""


_current: ContextVar[Tenant | None] = ContextVar("tenant", default=None)


def current() -> Tenant:
    tenant = _current.get()
    if tenant is None:
        raise NoTenant
    return tenant


@contextmanager
def acting_for(tenant: Tenant) -> Iterator[Tenant]:
    """For edges only: everything inside works for this tenant."""
    token = _current.set(tenant)
    try:
        yield tenant
    finally:
        _current.reset(token)
