"""How long a workspace takes from the confirmed sign-up to its first page, beside its schema alone."""

import time

import asyncpg

from ringyard.accounts.opening import Owner, open_workspace
from ringyard.accounts.passwords import hashed
from ringyard.bench.house import House
from tenants.migrate import files
from tenants.provision import new_schema

TIMES = 20


async def whole(house: House) -> list[float]:
    """Seconds for each of some workspaces: subdomain, role, schema, tables, services, owner, default outcomes."""
    secret = await hashed("only for the bench 1")  # the sign-up form does this before the mail is sent
    took = []
    for place in range(TIMES):
        owner = Owner("Owner", f"owner{place}@ringyard.localhost", secret)
        began = time.perf_counter()
        await open_workspace(house.settings, f"bench-{place}", f"Bench {place}", "PL", owner)
        took.append(time.perf_counter() - began)
    return took


async def bare(house: House) -> list[float]:
    """Seconds for the role, the schema and the SQL files by themselves, on one open connection."""
    connection = await asyncpg.connect(house.settings.database_url)
    statements = [sql for _, sql in files("workspace")]
    try:
        return [await _bare(connection, statements) for _ in range(TIMES)]
    finally:
        await connection.close()


async def _bare(connection: asyncpg.Connection, statements: list[str]) -> float:
    name = new_schema()
    began = time.perf_counter()
    async with connection.transaction():
        await connection.execute(f'create role "{name}" nologin; create schema "{name}" authorization "{name}"')
        await connection.execute("select set_config('role', $1, true), set_config('search_path', $1, true)", name)
        for sql in statements:
            await connection.execute(sql)
    return time.perf_counter() - began
