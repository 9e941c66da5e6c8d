"""Making a workspace: its role, its schema, its tables. Every step may be repeated after a crash."""

import base64
import secrets
from uuid import UUID

import asyncpg
from babel.core import get_global

from ringyard.kit.db import core
from ringyard.kit.ids import new_id
from ringyard.kit.settings import Settings
from tenants import registry
from tenants.context import Tenant
from tenants.logins import provisioner
from tenants.migrate import migrate_tenant


class SlugTaken(Exception):
    """Another workspace has this subdomain."""


def new_schema() -> str:
    """Random, never the subdomain: those get renamed."""
    return "t_" + base64.b32encode(secrets.token_bytes(10)).decode().lower().rstrip("=")


def main_timezone(country: str) -> str:
    """The first zone that CLDR names for a country (`PL`): Europe/Warsaw; UTC for an unknown one."""
    zones: list[str] = get_global("territory_zones").get(country, ["UTC"])
    return zones[0]


async def register(slug: str, name: str, country: str, home_node: str | None, chosen_id: UUID | None = None) -> UUID:
    """Take the subdomain: one row in core. Raises SlugTaken. The workspace is not usable before `build`.

    With `chosen_id` it may be repeated: the subdomain counts as taken only if another workspace has it.
    """
    async with core() as connection:
        workspace_id = await connection.fetchval(
            """insert into core.workspaces (id, slug, schema, name, country, timezone, status, home_node)
               values ($1, $2, $3, $4, $5, $6, 'provisioning', $7)
               on conflict do nothing returning id""",
            chosen_id or new_id(), slug, new_schema(), name, country, main_timezone(country), home_node,
        )  # fmt: skip
        workspace_id = workspace_id or await connection.fetchval(
            "select id from core.workspaces where slug = $1 and id = $2", slug, chosen_id
        )
    if workspace_id is None:
        raise SlugTaken(slug)
    return UUID(str(workspace_id))


async def build(settings: Settings, workspace_id: UUID) -> Tenant:
    """Role, schema and tables of a registered workspace; then it is active. Takes about a tenth of a second."""
    connection = await provisioner(settings)
    try:
        schema = await connection.fetchval("select schema from core.workspaces where id = $1", workspace_id)
        await _role_and_schema(connection, settings, schema)
        await migrate_tenant(connection, schema)
        await connection.execute(
            "update core.workspaces set status = 'active', ready_at = coalesce(ready_at, now()) where id = $1",
            workspace_id,
        )
    finally:
        await connection.close()
    registry.forget()
    tenant = await registry.by_id(workspace_id)
    assert tenant is not None
    return tenant


async def _role_and_schema(connection: asyncpg.Connection, settings: Settings, schema: str) -> None:
    app, provision = settings.role_name("app"), settings.role_name("provision")
    async with connection.transaction():
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", schema):
            await connection.execute(f'create role "{schema}" nologin noinherit')
        await connection.execute(f'grant "{schema}" to "{app}", "{provision}"')
        await connection.execute(f'create schema if not exists "{schema}" authorization "{schema}"')
