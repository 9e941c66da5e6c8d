"""The one door to a tenant's tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from ringyard.kit.db import transaction
from tenants.context import current


@asynccontextmanager
async def workspace() -> AsyncIterator[asyncpg.Connection]:
    """A transaction as the current tenant: its role, its schema and nothing else. Raises NoTenant without one.

    Jobs and events asked for inside are sent after the commit.
    """
    schema = current().schema
    async with transaction(schema, schema) as connection:
        yield connection
