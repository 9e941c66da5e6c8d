"""Jobs of single contacts' data."""

from uuid import UUID

from tenants.contacts import texts
from worker.tenancy import job


@job("write_texts")
async def write_texts(import_id: str) -> None:
    await texts.write_texts(UUID(import_id))
