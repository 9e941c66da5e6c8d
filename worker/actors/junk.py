"""Jobs of an import's junk."""

from uuid import UUID

from tenants.imports.mending import run_accepting
from worker.tenancy import job


@job("accept_junk")
async def accept_junk(import_id: str) -> None:
    await run_accepting(UUID(import_id))
