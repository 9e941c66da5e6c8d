"""A template database made once a run, and a fresh copy of it for each test (about 60 ms for copy and drop)."""

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from ringyard.kit import db
from ringyard.kit.settings import Settings
from tenants import provision, registry
from tenants.contacts.texts import store_texts
from tenants.context import Tenant, acting_for
from tenants.migrate import bootstrap
from tenants.workspace import workspace
from tests.support.lookalikes import Row, Seed, rows

SLUGS = ("acme", "other")
SERVICES = ("crm", "dialer")


def address(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def settings_for(server: str, name: str, role_prefix: str, redis_url: str, home: Path) -> Settings:
    return Settings(
        home=home,
        database_url=address(server, name),
        role_prefix=role_prefix,
        database_pool_size=5,
        redis_url=redis_url,
        secret_key="only-for-tests",
        log_level="WARNING",
    )


async def build_template(server: str, settings: Settings) -> list[Tenant]:
    """Bootstrap, two workspaces and their look-alike rows, all by the product's own ways."""
    async with administrator(address(server, "postgres")) as connection:
        await connection.execute(f'create database "{settings.database_name}"')
    await bootstrap(settings)
    await db.open_pool(settings.role_url("app"), 2)
    try:
        registry.forget()
        return [await _build(settings, slug) for slug in SLUGS]
    finally:
        await db.close_pool()


async def _build(settings: Settings, slug: str) -> Tenant:
    workspace_id = await provision.register(slug, "Acme", "PL", "node1")
    tenant = await provision.build(settings, workspace_id)
    async with db.core() as connection:
        await connection.executemany(
            "insert into core.workspace_services (workspace_id, key) values ($1, $2)",
            [(workspace_id, key) for key in SERVICES],
        )
    with acting_for(tenant):
        async with workspace() as connection:
            for table, records in rows(Seed(slug), tenant.schema).items():
                for record in records:
                    await _insert(connection, table, record)
            await store_texts([row["id"] for row in await connection.fetch("select id from contacts")])
    return tenant


async def _insert(connection: asyncpg.Connection, table: str, record: Row) -> None:
    places = ", ".join(f"${n}" for n in range(1, len(record) + 1))
    await connection.execute(f"insert into {table} ({', '.join(record)}) values ({places})", *record.values())


@asynccontextmanager
async def copied(server: str, template: str, settings: Settings) -> AsyncIterator[None]:
    """A copy of the template under the settings' database name, dropped at the end."""
    name = settings.database_name
    async with administrator(address(server, "postgres")) as connection:
        await connection.execute(f'create database "{name}" template "{template}"')
        # What belongs to a database but is kept outside it is not copied.
        await connection.execute(
            f"""
            alter role "{settings.role_name("app")}" in database "{name}" set search_path = '';
            alter role "{settings.role_name("asterisk")}" in database "{name}" set search_path = core;
            grant create on database "{name}" to "{settings.role_name("provision")}";
            """
        )
    try:
        yield
    finally:
        async with administrator(address(server, "postgres")) as connection:
            await connection.execute(f'drop database "{name}" with (force)')


async def clean_up(server: str, template: str, role_prefix: str) -> None:
    """Drop the template and every role this run made: roles outlive databases on a server that is not ours."""
    async with administrator(address(server, "postgres")) as connection:
        await connection.execute(f'drop database if exists "{template}" with (force)')
        tenants = await connection.fetch(
            """select t.rolname from pg_auth_members m join pg_roles t on t.oid = m.roleid
               join pg_roles a on a.oid = m.member where a.rolname = $1""",
            f"{role_prefix}_app",
        )
        logins = await connection.fetch("select rolname from pg_roles where rolname like $1", f"{role_prefix}\\_%")
        for row in [*tenants, *logins]:
            with contextlib.suppress(asyncpg.DependentObjectsStillExistError):
                await connection.execute(f'drop role "{row["rolname"]}"')


@asynccontextmanager
async def administrator(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()
