"""What a transaction promises besides its tenant: all or nothing, and what was asked for happens only after all."""

import asyncpg
import pytest

from ringyard.kit import cache, db
from ringyard.kit.db import core
from tenants.context import Tenant
from tenants.events import emit, stream_key
from tenants.jobs import enqueue
from tenants.workspace import workspace
from tests.support.jobs import Job, Recorder

DEFERRED = """
create temporary table parent (id int primary key) on commit drop;
create temporary table child (parent int references parent deferrable initially deferred) on commit drop;
insert into child values (1);
"""


class Failed(Exception):
    """The work inside the transaction went wrong."""


async def test_jobs_and_events_leave_after_the_commit(in_tenant: Tenant, jobs: Recorder) -> None:
    async with workspace():
        enqueue("imports.run", import_id="7")
        emit("import.started", id="7")
        assert jobs.sent == []
        assert not await cache.cache().exists(stream_key(in_tenant.schema))
    assert jobs.sent == [Job("imports.run", in_tenant.schema, {"import_id": "7"})]
    assert await cache.cache().xlen(stream_key(in_tenant.schema)) == 1


async def test_a_rolled_back_transaction_sends_nothing(in_tenant: Tenant, jobs: Recorder) -> None:
    with pytest.raises(Failed):
        async with workspace() as connection:
            await connection.execute("insert into bases (id, name) values (gen_random_uuid(), 'Never')")
            enqueue("imports.run", import_id="7")
            emit("import.started", id="7")
            raise Failed
    assert jobs.sent == []
    assert not await cache.cache().exists(stream_key(in_tenant.schema))
    async with workspace() as connection:
        assert await connection.fetchval("select count(*) from bases where name = 'Never'") == 0


async def test_a_commit_that_fails_sends_nothing_and_gives_its_connection_back(
    in_tenant: Tenant, jobs: Recorder
) -> None:
    for _ in range(3):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with core() as connection:
                await connection.execute(DEFERRED)
                db.after_commit(lambda: jobs("never", "", {}))
    assert jobs.sent == []
    assert db.DB.pool is not None
    assert db.DB.pool.get_idle_size() == db.DB.pool.get_size()
    async with workspace() as connection:
        assert await connection.fetchval("select current_user") == in_tenant.schema


async def test_an_after_commit_action_that_fails_does_not_stop_the_others(in_tenant: Tenant, jobs: Recorder) -> None:
    def fail() -> None:
        raise Failed

    async with workspace():
        db.after_commit(fail)
        enqueue("imports.run", import_id="7")
    assert jobs.names() == ["imports.run"]


async def test_events_are_numbered_in_the_order_of_their_commits(in_tenant: Tenant) -> None:
    for number in range(3):
        async with workspace():
            emit("call.started", number=number)
            emit("call.ended", number=number)
    entries = await cache.cache().xrange(stream_key(in_tenant.schema))
    assert entries is not None
    assert [entry_id for entry_id, _ in entries] == [f"{n}-0".encode() for n in range(1, 7)]
