"""Uploaded lists on their way from the request to the object store and into an import."""

from collections.abc import AsyncIterator
from uuid import UUID

from litestar.datastructures import UploadFile

from ringyard.kit import store
from tenants.imports.fields import ImportDetail
from tenants.imports.plan import ImportChange
from tenants.imports.setting_up import create_import
from tenants.imports.uploading import Upload, discard
from tenants.workspace import workspace


async def chunks(file: UploadFile) -> AsyncIterator[bytes]:
    """The file's bytes in blocks: what is larger than a block lies on disk already."""
    while block := await file.read(store.BLOCK):
        yield block


async def created(upload: Upload, base_id: UUID | None, chosen: ImportChange, user_id: UUID) -> ImportDetail:
    """The import of a file that is in the store, in a transaction of its own; a refused one takes its file with it."""
    try:
        async with workspace():
            return await create_import(upload, base_id, chosen, user_id)
    except BaseException:
        await discard(upload)
        raise
