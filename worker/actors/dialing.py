"""Jobs of dialing."""

from uuid import UUID

from tenants.campaigns import enrol as enrolment
from tenants.campaigns import plans
from tenants.campaigns.wake import wake
from tenants.context import current
from tenants.jobs import enqueue
from tenants.workspace import workspace
from worker.dialing.job import dial_slice
from worker.tenancy import job


@job("dial", max_retries=0)
async def dial() -> None:
    """A slice of dialing; enqueues its successor while there is work. Never retried: the clock starts a lapsed one."""
    await dial_slice()


@job("enrol")
async def enrol(campaign_id: str) -> None:
    """Read the campaign's base into its targets, a transaction a slice."""
    last: UUID | None = None
    while True:
        async with workspace():
            plan = (await plans.by_id([UUID(campaign_id)])).get(UUID(campaign_id))
            if plan is None:
                return
            last = await enrolment.enrol_slice(plan, last)
            if last is None:
                await enrolment.mark_enrolled(plan.id)
        await wake(current().schema)
        if last is None:
            return


@job("enrol_base")
async def enrol_base(base_id: str) -> None:
    """Contacts came into a base: every campaign on it reads it again."""
    async with workspace():
        for campaign_id in await enrolment.to_enrol(UUID(base_id)):
            enqueue("enrol", campaign_id=str(campaign_id))
