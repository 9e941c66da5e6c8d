"""Making and migrating workspaces survives a crash at any step, and doing it twice is doing it once."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from ringyard.kit.db import core
from ringyard.kit.settings import Settings
from tenants import migrate, provision, registry
from tenants.context import Tenant, acting_for
from tenants.workspace import workspace
from tests.support.databases import administrator


class Crashed(BaseException):
    """The process dies here; a BaseException, so that nobody handles it."""


async def test_bootstrap_may_be_repeated(tenant: Tenant, settings: Settings) -> None:
    await migrate.bootstrap(settings)
    with acting_for(tenant):
        async with workspace() as connection:
            assert await connection.fetchval("select count(*) from users") == 4


async def test_a_subdomain_is_given_once(settings: Settings) -> None:
    with pytest.raises(provision.SlugTaken):
        await provision.register("acme", "Another", "PL", None)


@pytest.mark.parametrize("step", ["_role_and_schema", "migrate_tenant"])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_a_workspace_half_built_is_finished_by_building_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str, before: bool
) -> None:
    workspace_id = await provision.register("newcomer", "Newcomer", "UA", None)
    with monkeypatch.context() as patched:
        patched.setattr(provision, step, _crashing(getattr(provision, step), before))
        with pytest.raises(Crashed):
            await provision.build(settings, workspace_id)
    built = await provision.build(settings, workspace_id)
    assert built.status == "active"
    assert built.timezone == "Europe/Kyiv"
    with acting_for(built):
        async with workspace() as connection:
            assert await connection.fetchval("select count(*) from contacts") == 0


def _crashing(work: Any, before: bool) -> Any:
    async def crash(*arguments: Any) -> None:
        if not before:
            await work(*arguments)
        raise Crashed

    return crash


async def test_a_workspace_built_twice_at_once_is_built(settings: Settings) -> None:
    workspace_id = await provision.register("newcomer", "Newcomer", "PL", None)
    await provision.build(settings, workspace_id)
    again = await provision.build(settings, workspace_id)
    assert again == await registry.by_slug("newcomer")


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a later release: today's and one more, in a folder of our own."""
    for kind in ("core", "workspace"):
        folder = tmp_path / "migrations" / kind
        folder.mkdir(parents=True)
        for version, sql in migrate.files(kind):
            (folder / f"{version}.sql").write_text(sql)
    added = tmp_path / "migrations" / "workspace" / "9999_added.sql"
    added.write_text("create table added (id int primary key); insert into added values (1);")
    monkeypatch.setattr(migrate, "ROOT", tmp_path / "migrations")
    return added


@pytest.mark.changes_other
@pytest.mark.usefixtures("next_release")
async def test_migrating_brings_every_workspace_up_to_date_once(tenant: Tenant, settings: Settings) -> None:
    assert await migrate.migrate_all(settings) == 2
    assert await migrate.migrate_all(settings) == 0
    assert await _added_rows(settings) == {"acme": 1, "other": 1}


@pytest.mark.changes_other
@pytest.mark.usefixtures("next_release")
async def test_two_migrations_at_once_apply_each_file_once(tenant: Tenant, settings: Settings) -> None:
    counts = await asyncio.gather(migrate.migrate_all(settings), migrate.migrate_all(settings))
    assert await _added_rows(settings) == {"acme": 1, "other": 1}
    assert min(counts) >= 0


@pytest.mark.changes_other
async def test_a_migration_killed_in_the_middle_resumes_where_it_was(
    tenant: Tenant, settings: Settings, next_release: Path
) -> None:
    whole = next_release.read_text()
    next_release.write_text(f"{whole} select 1 / (current_schema() <> '{tenant.schema}')::int;")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate.migrate_all(settings)
    async with administrator(settings.database_url) as connection:
        assert await connection.fetchval("select to_regclass($1)", f"{tenant.schema}.added") is None
    next_release.write_text(whole)
    assert await migrate.migrate_all(settings) in (1, 2)
    assert await _added_rows(settings) == {"acme": 1, "other": 1}


@pytest.mark.changes_other
@pytest.mark.usefixtures("next_release")
async def test_new_tables_belong_to_the_tenant_alone(tenant: Tenant, settings: Settings, other_tenant: Tenant) -> None:
    await migrate.migrate_all(settings)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with core() as connection:
            await connection.fetch(f'select id from "{tenant.schema}".added')
    with acting_for(other_tenant), pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with workspace() as connection:
            await connection.fetch(f'select id from "{tenant.schema}".added')


async def _added_rows(settings: Settings) -> dict[str, int]:
    found = {}
    for tenant in await registry.all_active():
        async with administrator(settings.database_url) as connection:
            found[tenant.slug] = await connection.fetchval(f'select count(*) from "{tenant.schema}".added')
    return found
