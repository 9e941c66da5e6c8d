"""The workspaces we know, looked up by subdomain, schema or number.

Answers are kept for a few seconds in the process: every request, job and telephony event asks.
"""

import time
from uuid import UUID

from ringyard.kit.db import core
from tenants.context import Tenant

_KEPT_S = 5.0
_COLUMNS = "id, number, slug, schema, name, country, timezone, home_node, status"
_kept: dict[tuple[str, object], tuple[float, Tenant | None]] = {}


async def by_slug(slug: str) -> Tenant | None:
    return await _lookup("slug", slug)


async def by_schema(schema: str) -> Tenant | None:
    return await _lookup("schema", schema)


async def by_id(workspace_id: UUID) -> Tenant | None:
    return await _lookup("id", workspace_id)


async def all_active() -> list[Tenant]:
    async with core() as connection:
        rows = await connection.fetch(f"select {_COLUMNS} from core.workspaces where status = 'active' order by number")
    return [Tenant(**row) for row in rows]


def forget() -> None:
    """Drop what is kept: after a change in this process that the next line must see."""
    _kept.clear()


async def _lookup(column: str, value: object) -> Tenant | None:
    key = (column, value)
    kept = _kept.get(key)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    async with core() as connection:
        row = await connection.fetchrow(f"select {_COLUMNS} from core.workspaces where {column} = $1", value)
    tenant = Tenant(**row) if row else None
    _keep(key, tenant)
    return tenant


def _keep(key: tuple[str, object], tenant: Tenant | None) -> None:
    if len(_kept) > 10_000:
        _kept.clear()
    if tenant is not None:
        _kept[key] = (time.monotonic() + _KEPT_S, tenant)
