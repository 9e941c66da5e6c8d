"""The promise of isolation: no tenant, no tables; and no way from one workspace into another."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from ringyard.kit import db
from ringyard.kit.db import NestedTransaction, OutsideTransaction, core
from ringyard.kit.settings import Settings
from tenants.contacts.tables import Contact
from tenants.context import NoTenant, Tenant, acting_for, current
from tenants.workspace import workspace
from tests.support.lookalikes import Seed

DENIED = asyncpg.InsufficientPrivilegeError
MISSING = asyncpg.UndefinedTableError


async def test_without_a_tenant_the_door_does_not_open(settings: Settings) -> None:
    with pytest.raises(NoTenant):
        async with workspace():
            pass


async def test_a_core_transaction_sees_no_tenant_table(tenant: Tenant) -> None:
    async with core() as connection:
        with pytest.raises(MISSING):
            await connection.fetch("select id from contacts")


async def test_a_core_transaction_may_not_read_a_tenant_table_by_its_qualified_name(tenant: Tenant) -> None:
    with pytest.raises(DENIED):
        async with core() as connection:
            await connection.fetch(f'select id from "{tenant.schema}".contacts')


@pytest.mark.parametrize("table", ["contacts", "users", "calls", "recordings", "tokens"])
async def test_a_tenant_may_not_read_the_tables_of_another(in_tenant: Tenant, other_tenant: Tenant, table: str) -> None:
    with pytest.raises(DENIED):
        async with workspace() as connection:
            await connection.fetch(f'select id from "{other_tenant.schema}".{table}')


async def test_a_tenant_may_not_write_into_another(in_tenant: Tenant, other_tenant: Tenant) -> None:
    with pytest.raises(DENIED):
        async with workspace() as connection:
            await connection.execute(f"update \"{other_tenant.schema}\".contacts set name = 'ours'")


async def test_a_tenant_finds_nothing_under_an_id_of_another(in_tenant: Tenant, other_seed: Seed) -> None:
    async with workspace() as connection:
        assert await connection.fetchval("select id from contacts where id = $1", other_seed.id("contact")) is None


@pytest.mark.parametrize("table", ["workspaces", "signups", "nodes", "workspace_services", "migrations"])
async def test_a_tenant_may_not_read_the_shared_tables(in_tenant: Tenant, table: str) -> None:
    with pytest.raises(DENIED):
        async with workspace() as connection:
            await connection.fetch(f"select 1 from core.{table}")


async def test_a_tenant_s_role_cannot_log_in_or_make_roles(tenant: Tenant) -> None:
    async with core() as connection:
        role = await connection.fetchrow("select * from pg_roles where rolname = $1", tenant.schema)
    assert role is not None
    assert not (role["rolcanlogin"] or role["rolsuper"] or role["rolcreaterole"] or role["rolbypassrls"])


async def test_role_and_path_end_with_the_transaction(in_tenant: Tenant) -> None:
    async with workspace() as connection:
        assert await connection.fetchval("select current_user") == in_tenant.schema
    async with core() as connection:
        assert str(await connection.fetchval("select current_user")).endswith("_app")
        assert await connection.fetchval("show search_path") == ""


async def test_a_workspace_transaction_in_another_is_refused(in_tenant: Tenant) -> None:
    async with workspace():
        with pytest.raises(NestedTransaction):
            async with workspace():
                pass


async def test_a_core_transaction_inside_a_workspace_is_refused(in_tenant: Tenant) -> None:
    async with workspace():
        with pytest.raises(NestedTransaction):
            async with core():
                pass


async def test_a_query_outside_a_transaction_is_refused(in_tenant: Tenant) -> None:
    with pytest.raises(OutsideTransaction):
        await Contact.select(Contact.id)
    with pytest.raises(OutsideTransaction):
        db.connection()
    with pytest.raises(OutsideTransaction):
        db.after_commit(lambda: None)


@pytest.mark.parametrize(
    "way_round",
    [
        lambda: Contact.select(Contact.id).run(node="replica"),
        lambda: Contact.select(Contact.id).batch(),
        lambda: db.DB.transaction().__aenter__(),
        lambda: db.DB.atomic().run(),
    ],
    ids=["run(node)", "batch", "transaction", "atomic"],
)
async def test_piccolo_s_ways_round_the_door_are_shut(
    in_tenant: Tenant, way_round: Callable[[], Awaitable[object]]
) -> None:
    with pytest.raises((OutsideTransaction, KeyError)):
        await way_round()


async def test_tasks_side_by_side_each_keep_their_own_tenant(tenant: Tenant, other_tenant: Tenant) -> None:
    meeting = asyncio.Barrier(2)

    async def users_of(one: Tenant) -> tuple[Tenant, str, object]:
        with acting_for(one):
            async with workspace() as connection:
                await meeting.wait()
                role = await connection.fetchval("select current_user")
                first = await connection.fetchval("select id from users order by login limit 1")
                await meeting.wait()
                return current(), role, first

    async with asyncio.TaskGroup() as group:
        ours, theirs = (group.create_task(users_of(one)) for one in (tenant, other_tenant))
    assert ours.result() == (tenant, tenant.schema, Seed("acme").id("user", "admin"))
    assert theirs.result() == (other_tenant, other_tenant.schema, Seed("other").id("user", "admin"))


async def test_a_task_that_outlives_its_transaction_cannot_use_the_connection(in_tenant: Tenant) -> None:
    closed = asyncio.Event()

    async def latecomer() -> object:
        await closed.wait()
        return await db.connection().fetchval("select count(*) from contacts")

    async with asyncio.TaskGroup() as group:
        async with workspace():
            late = group.create_task(_raised(latecomer()))
        closed.set()
    assert isinstance(late.result(), asyncpg.InterfaceError)


async def _raised(work: Awaitable[object]) -> BaseException | None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - it is what the test is about
        return error
    return None
