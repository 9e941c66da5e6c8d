"""`/contacts/{id}/documents`: files that belong to a contact."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, MultipartBody

from ringyard.accounts.rights import Right
from ringyard.kit import store
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.downloads import DESCRIBED, download
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks
from tenants.documents import service
from tenants.documents.service import LARGEST, DocumentView, TakenFile

# Room for the parts' headers round the largest file.
LARGEST_BODY = LARGEST + 64 * 1024


@dataclass
class DocumentUpload:
    file: UploadFile


class DocumentController(Controller):
    path = "/contacts/{contact_id:uuid}/documents"
    tags = ("Contacts",)

    @get("/", right=Right.VIEW_CONTACTS, summary="The files of a contact, newest first")
    @in_workspace
    async def list_documents(
        self, contact_id: FromPath[UUID], limit: Limit = 50, cursor: Cursor = None
    ) -> Page[DocumentView]:
        return await service.list_documents(contact_id, limit, cursor)

    @post("/", right=Right.EDIT_CONTACTS, request_max_body_size=LARGEST_BODY, summary="Add a file of up to 20 MB")
    async def create(
        self, request: WebRequest, contact_id: FromPath[UUID], data: MultipartBody[DocumentUpload]
    ) -> DocumentView:
        return await added(contact_id, data.file, signed_in(request).id)

    @get("/{document_id:uuid}", right=Right.VIEW_CONTACTS, summary="One file's name and size")
    @in_workspace
    async def show(self, contact_id: FromPath[UUID], document_id: FromPath[UUID]) -> DocumentView:
        return await service.document(contact_id, document_id)

    @get("/{document_id:uuid}/file", right=Right.VIEW_CONTACTS, responses=DESCRIBED, summary="The file itself")
    async def contents(self, contact_id: FromPath[UUID], document_id: FromPath[UUID]) -> Response[Any]:
        return await download(*await stored(contact_id, document_id))

    @delete("/{document_id:uuid}", right=Right.EDIT_CONTACTS, summary="Delete a file that proves no consent")
    @in_workspace
    async def remove(self, contact_id: FromPath[UUID], document_id: FromPath[UUID]) -> None:
        await service.delete_document(contact_id, document_id)


async def added(contact_id: UUID, file: UploadFile, user_id: UUID) -> DocumentView:
    """The file first, its row after: no transaction is open while it comes; a refused one takes its file with it."""
    taken = await service.take_file(file.filename, file.content_type or "", chunks(file))
    try:
        return await _add(contact_id, taken, user_id)
    except BaseException:
        await store.delete(taken.key)
        raise


@in_workspace
async def _add(contact_id: UUID, taken: TakenFile, user_id: UUID) -> DocumentView:
    return await service.add_document(contact_id, taken, user_id)


@in_workspace
async def stored(contact_id: UUID, document_id: UUID) -> tuple[str, str]:
    """The key and the name of a file. Raises NotFound."""
    return await service.file_key(contact_id, document_id), (await service.document(contact_id, document_id)).name
