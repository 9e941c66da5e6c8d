"""Our login roles in Postgres, and connections as the two that are not the product's pool.

`app` is what web, workers and controllers run as: it may become a tenant's role inside a transaction and owns nothing.
`provision` makes schemas and roles and runs migrations. `asterisk` reads the nodes' realtime tables.
"""

import asyncpg

from ringyard.kit.settings import Settings

LOGINS = {"app": "noinherit", "provision": "createrole", "asterisk": ""}


async def administrator(settings: Settings) -> asyncpg.Connection:
    return await asyncpg.connect(settings.database_url)


async def provisioner(settings: Settings) -> asyncpg.Connection:
    return await asyncpg.connect(settings.role_url("provision"))


async def ensure_logins(connection: asyncpg.Connection, settings: Settings) -> None:
    """Create or refresh the login roles and what they may do in this database. Runs as an administrator."""
    for role, attributes in LOGINS.items():
        name, password = settings.role_name(role), settings.derived_secret(f"role:{role}")
        known = await connection.fetchval("select 1 from pg_roles where rolname = $1", name)
        verb = "alter" if known else "create"
        await connection.execute(f"{verb} role \"{name}\" login {attributes} password '{password}'")
    app, provision, asterisk = (settings.role_name(role) for role in LOGINS)
    await connection.execute(
        f"""
        alter role "{app}" in database "{settings.database_name}" set search_path = '';
        alter role "{asterisk}" in database "{settings.database_name}" set search_path = core;
        grant create on database "{settings.database_name}" to "{provision}";
        revoke create on schema public from public;
        create schema if not exists ext;
        create schema if not exists core;
        grant usage on schema ext to public;
        grant usage on schema core to "{app}", "{provision}", "{asterisk}";
        create extension if not exists pg_trgm schema ext;
        """
    )


async def grant_core(connection: asyncpg.Connection, settings: Settings) -> None:
    """Rights on the shared tables, given anew after each core migration."""
    app, provision, asterisk = (settings.role_name(role) for role in LOGINS)
    await connection.execute(
        f"""
        grant select, insert, update, delete on all tables in schema core to "{app}", "{provision}";
        grant usage on all sequences in schema core to "{app}", "{provision}";
        revoke insert, update, delete on core.migrations, core.tenant_migrations from "{app}";
        grant select on core.ps_endpoints, core.ps_auths, core.ps_aors to "{asterisk}";
        """
    )
