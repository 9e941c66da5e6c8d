"""What every command needs round its work: the installation's database and Redis, and errors as sentences."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import click

from ringyard.kit.cache import close_cache, open_cache
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.errors import Problem
from ringyard.kit.settings import Settings, settings
from tenants import registry
from tenants.context import Tenant, acting_for
from tenants.jobs import use_sender
from worker.broker import BrokerSender, make_broker

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run with the pool and Redis open; an expected error ends the command with its sentence and exit code 1."""
    try:
        return asyncio.run(_connected(settings(), work))
    except Problem as problem:
        raise click.ClickException(_sentence(problem)) from None
    except (OSError, TimeoutError) as error:
        raise click.ClickException(
            f"Cannot reach the installation: {error}. Is it running, and RINGYARD_HOME right?"
        ) from None


async def _connected(known: Settings, work: Coroutine[Any, Any, T]) -> T:
    try:
        await open_pool(known.role_url("app"), 2)
        await open_cache(known.redis_url)
        use_sender(BrokerSender(make_broker(known.redis_url)))
        return await work
    finally:
        work.close()
        await close_cache()
        await close_pool()


def _sentence(problem: Problem) -> str:
    fields = "".join(f"\n  {error.field}: {error.message}" for error in problem.errors)
    return problem.detail + fields


@asynccontextmanager
async def working_for(slug: str) -> AsyncIterator[Tenant]:
    """The operator named the workspace: everything inside works for it."""
    tenant = await tenant_of(slug)
    with acting_for(tenant):
        yield tenant


async def tenant_of(slug: str) -> Tenant:
    """Raises ClickException when there is no such workspace."""
    tenant = await registry.by_slug(slug)
    if tenant is None:
        raise click.ClickException(f"There is no workspace {slug}.")
    return tenant
