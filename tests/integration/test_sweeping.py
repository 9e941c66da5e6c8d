"""What a crash has left undone is found again, and nothing that is in order is touched."""

from tenants.context import Tenant
from tenants.jobs import send
from tenants.workspace import workspace
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed


async def test_a_running_campaign_that_was_never_read_is_read(in_tenant: Tenant, jobs: Recorder, seed: Seed) -> None:
    async with workspace() as connection:
        await connection.execute("update campaigns set state = 'running', enrolled_at = null")
    await _sweep(in_tenant, jobs)
    assert jobs.take("enrol") == {"campaign_id": str(seed.id("campaign"))}


async def test_a_recording_left_at_its_node_is_fetched(in_tenant: Tenant, jobs: Recorder, seed: Seed) -> None:
    async with workspace() as connection:
        await connection.execute("update calls set record = false")
        await connection.execute(
            """update calls set record = true, recording_id = null, answered_at = now() - interval '6 minutes',
               ended_at = now() - interval '5 minutes' where id = $1""",
            seed.id("call", 1),
        )
    await _sweep(in_tenant, jobs)
    assert jobs.take("keep_recording") == {"call_id": str(seed.id("call", 1))}


async def test_a_call_of_a_node_that_is_gone_is_closed_as_lost(in_tenant: Tenant, jobs: Recorder, seed: Seed) -> None:
    async with workspace() as connection:
        await connection.execute(
            """update calls set state = 'answered', result = null, ended_at = null,
               reserved_at = now() - interval '4 hours' where id = $1""",
            seed.id("call", 1),
        )
    await _sweep(in_tenant, jobs)
    async with workspace() as connection:
        row = await connection.fetchrow("select state, result from calls where id = $1", seed.id("call", 1))
    assert row is not None
    assert tuple(row) == ("ended", "lost")


async def test_an_idempotency_key_is_forgotten_after_a_day(in_tenant: Tenant, jobs: Recorder, seed: Seed) -> None:
    async with workspace() as connection:
        await connection.executemany(
            """insert into idempotency (user_id, key, request_hash, created_at)
               values ($1, $2, ''::bytea, now() - make_interval(hours => $3))""",
            [(seed.id("user", "admin"), "old", 25), (seed.id("user", "admin"), "new", 1)],
        )
    await _sweep(in_tenant, jobs)
    async with workspace() as connection:
        assert await connection.fetchval("select array_agg(key) from idempotency") == ["new"]


async def _sweep(tenant: Tenant, jobs: Recorder) -> None:
    send("sweep", tenant.schema, {})
    await jobs.carry_out("sweep")
