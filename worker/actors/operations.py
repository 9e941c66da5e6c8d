"""Jobs of bulk work on contacts."""

from uuid import UUID

from tenants.operations.running import run
from tenants.operations.undoing import run_undo
from worker.tenancy import job


@job("run_operation")
async def run_operation(operation_id: str) -> None:
    await run(UUID(operation_id))


@job("undo_operation")
async def undo_operation(operation_id: str) -> None:
    await run_undo(UUID(operation_id))
