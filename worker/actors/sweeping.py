"""The job that finds lost work again."""

from tenants import sweeping
from tenants.workspace import workspace
from worker.tenancy import job


@job("sweep", max_retries=0)
async def sweep() -> None:
    async with workspace():
        await sweeping.sweep()
