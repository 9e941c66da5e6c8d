"""Migrations: numbered SQL files, additive, each applied once per schema in a transaction of its own.

What has been applied is a row in `core`, written in that same transaction, so a run that dies resumes where it was and
may run beside another. Tenants are migrated in parallel. Why not Piccolo's runner: docs/decisions.
"""

import asyncio
from pathlib import Path

import asyncpg

from ringyard.kit.settings import Settings
from tenants.logins import administrator, ensure_logins, grant_core, provisioner

ROOT = Path(__file__).parent / "migrations"
PARALLEL = 4


def files(kind: str) -> list[tuple[str, str]]:
    """(version, SQL) of every migration of `core` or `workspace`, oldest first."""
    return [(path.stem, path.read_text()) for path in sorted((ROOT / kind).glob("*.sql"))]


async def bootstrap(settings: Settings) -> None:
    """Login roles, extensions and the core tables, as the administrator. May be repeated and run in parallel."""
    connection = await administrator(settings)
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(hashtext('ringyard:bootstrap'))")
            await ensure_logins(connection, settings)
            await _core_tables(connection)
            await grant_core(connection, settings)
    finally:
        await connection.close()


async def _core_tables(connection: asyncpg.Connection) -> None:
    await connection.execute(
        """
        create table if not exists core.migrations (version text primary key, applied_at timestamptz default now());
        create table if not exists core.tenant_migrations (
            schema text, version text, applied_at timestamptz default now(), primary key (schema, version))
        """
    )
    applied = {row["version"] for row in await connection.fetch("select version from core.migrations")}
    for version, sql in files("core"):
        if version not in applied:
            await connection.execute(sql)
            await connection.execute("insert into core.migrations (version) values ($1)", version)


async def migrate_tenant(connection: asyncpg.Connection, schema: str) -> int:
    """Bring one tenant's schema up to date as the tenant's own role; gives how many migrations that took."""
    applied = {
        row["version"]
        for row in await connection.fetch("select version from core.tenant_migrations where schema = $1", schema)
    }
    missing = [(version, sql) for version, sql in files("workspace") if version not in applied]
    for version, sql in missing:
        await _apply(connection, schema, version, sql)
    return len(missing)


async def _apply(connection: asyncpg.Connection, schema: str, version: str, sql: str) -> None:
    async with connection.transaction():
        inserted = await connection.fetchval(
            "insert into core.tenant_migrations (schema, version) values ($1, $2) on conflict do nothing returning 1",
            schema,
            version,
        )
        if inserted is None:
            return
        await connection.execute("select set_config('role', $1, true), set_config('search_path', $1, true)", schema)
        await connection.execute(sql)


async def migrate_all(settings: Settings) -> int:
    """Bring every tenant up to date; gives the number of migrations applied. Raises the first tenant's error, last."""
    connection = await provisioner(settings)
    try:
        rows = await connection.fetch(
            "select schema from core.workspaces where status <> 'provisioning' order by number"
        )
    finally:
        await connection.close()
    waiting = [row["schema"] for row in reversed(rows)]
    return sum(await asyncio.gather(*(_drain(settings, waiting) for _ in range(PARALLEL))))


async def _drain(settings: Settings, waiting: list[str]) -> int:
    applied = 0
    while waiting:
        schema = waiting.pop()
        connection = await provisioner(settings)  # a new one per tenant: backends remember every schema they saw
        try:
            applied += await migrate_tenant(connection, schema)
        finally:
            await connection.close()
    return applied
