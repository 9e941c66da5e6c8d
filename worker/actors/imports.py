"""Jobs of imports."""

from uuid import UUID

from tenants.imports.running import run
from tenants.imports.surveying import survey
from tenants.imports.undoing import run_undo
from worker.tenancy import job


@job("run_import")
async def run_import(import_id: str) -> None:
    await run(UUID(import_id))


@job("survey_import")
async def survey_import(import_id: str) -> None:
    await survey(UUID(import_id))


@job("undo_import")
async def undo_import(import_id: str) -> None:
    await run_undo(UUID(import_id))
