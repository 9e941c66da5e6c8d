"""One number for all that a workspace has, to prove that a test of one workspace left another as it was."""

import asyncpg

from tenants.context import Tenant


async def checksum(connection: asyncpg.Connection, tenant: Tenant) -> dict[str, str]:
    """By table: the number of rows and a hash over them. Runs as an administrator."""
    tables = await connection.fetch(
        "select tablename from pg_tables where schemaname = $1 order by tablename", tenant.schema
    )
    parts = [_part(f'"{tenant.schema}"."{row["tablename"]}"', row["tablename"]) for row in tables]
    parts.append(_part("core.workspaces", "core.workspaces", f"id = '{tenant.id}'"))
    parts.append(_part("core.workspace_services", "core.workspace_services", f"workspace_id = '{tenant.id}'"))
    return {row["name"]: row["sum"] for row in await connection.fetch(" union all ".join(parts))}


def _part(table: str, name: str, condition: str = "true") -> str:
    return (
        f"select '{name}' as name, count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
        f" as sum from {table} t where {condition}"
    )
