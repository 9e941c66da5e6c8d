"""The files of a client card."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.errors import invalid
from ringyard.kit.text import _
from ringyard.web.api.documents import LARGEST_BODY, added, stored
from ringyard.web.card_parts import documents_part
from ringyard.web.downloads import download
from ringyard.web.forms import Form, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from tenants.documents import service


@get("/contacts/{contact_id:uuid}/documents", right=Right.VIEW_CONTACTS)
@in_workspace
async def documents(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """The next files behind `cursor`, for the end of the list."""
    found = await documents_part(contact_id, request.query_params.get("cursor") or None)
    return page(request, "contacts/card/document_items.html.j2", contact_id=contact_id, **found)


@post(
    "/contacts/{contact_id:uuid}/documents",
    right=Right.EDIT_CONTACTS,
    status_code=200,
    request_max_body_size=LARGEST_BODY,
)
async def add_document(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    file = (await Form.of(request)).values.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise invalid("file", _("Choose a file."))
    await added(contact_id, file, signed_in(request).id)
    return await _shown(request, contact_id) if is_htmx(request) else to(request, f"/contacts/{contact_id}")


@get("/contacts/{contact_id:uuid}/documents/{document_id:uuid}", right=Right.VIEW_CONTACTS)
async def document(contact_id: FromPath[UUID], document_id: FromPath[UUID]) -> Response[Any]:
    return await download(*await stored(contact_id, document_id))


@post("/contacts/{contact_id:uuid}/documents/{document_id:uuid}/delete", right=Right.EDIT_CONTACTS, status_code=200)
async def delete_document(
    request: WebRequest, contact_id: FromPath[UUID], document_id: FromPath[UUID]
) -> Response[Any]:
    await _delete(contact_id, document_id)
    return await _shown(request, contact_id) if is_htmx(request) else to(request, f"/contacts/{contact_id}")


@in_workspace
async def _delete(contact_id: UUID, document_id: UUID) -> None:
    await service.delete_document(contact_id, document_id)


@in_workspace
async def _shown(request: WebRequest, contact_id: UUID) -> Response[Any]:
    return page(
        request,
        "contacts/card/documents.html.j2",
        contact_id=contact_id,
        focus=True,
        **await documents_part(contact_id),
    )


ROUTES = [documents, add_document, document, delete_document]
