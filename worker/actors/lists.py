"""Jobs of the lists of people: who must not be called, and whose data is erased."""

from uuid import UUID

from tenants.do_not_call.calling_again import call_again as again
from tenants.do_not_call.importing import run_import
from tenants.erasing.running import run_erasure
from tenants.workspace import workspace
from worker.tenancy import job


@job("call_again")
async def call_again(number: str) -> None:
    async with workspace():
        await again(number)


@job("import_do_not_call")
async def import_do_not_call(import_id: str) -> None:
    await run_import(UUID(import_id))


@job("erase_person")
async def erase_person(operation_id: str) -> None:
    await run_erasure(UUID(operation_id))
