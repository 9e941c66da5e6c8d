"""A job that was asked for is carried out for the workspace that asked."""

from tenants.context import Tenant
from tenants.jobs import enqueue
from tenants.workspace import workspace
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed


async def test_a_job_s_own_jobs_follow(in_tenant: Tenant, jobs: Recorder, seed: Seed) -> None:
    async with workspace() as connection:
        await connection.execute("update campaigns set enrolled_at = null, state = 'running'")
        await connection.execute("delete from targets")
        enqueue("enrol_base", base_id=str(seed.id("base", 1)))
    await jobs.carry_out("enrol_base", "enrol")
    async with workspace() as connection:
        assert await connection.fetchval("select count(*) from targets") == 4
    assert jobs.sent == []
