"""Files: what was uploaded and exported, one upload's history, and the way out of it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.text import _
from ringyard.web.contact_words import IMPORT_STATES
from ringyard.web.downloads import download
from ringyard.web.forms import notice, to
from ringyard.web.import_words import HAPPENINGS
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.words import options
from tenants.contacts.choices import list_choices
from tenants.imports import files
from tenants.workspace import workspace

Cursor = Annotated[str | None, QueryParameter()]
_SOURCES = ("import", "export")


@get("/files", right=Right.IMPORT_CONTACTS)
@in_workspace
async def all_files(request: WebRequest, cursor: Cursor = None) -> Response[Any]:
    source = request.query_params.get("source", "")
    wanted = source if source in _SOURCES else None
    found, choices = await files.list_files(25, cursor, wanted), await list_choices()
    template = "files/list.html.j2" if is_htmx(request) else "files/page.html.j2"
    return page(
        request, template, found=found, cursor=cursor, source=wanted or "", base_names=choices.base_names,
        people=choices.agent_names, states=IMPORT_STATES,
    )  # fmt: skip


@get("/files/{import_id:uuid}", right=Right.IMPORT_CONTACTS)
@in_workspace
async def one_file(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    shown, choices = await files.uploaded_file(import_id), await list_choices()
    return page(
        request, "files/show.html.j2", shown=shown, base_names=choices.base_names, people=choices.agent_names,
        happenings=dict(options(HAPPENINGS)), states=IMPORT_STATES,
    )  # fmt: skip


@get("/files/{import_id:uuid}/file", right=Right.IMPORT_CONTACTS)
async def file_content(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    async with workspace():
        key, name = await files.file_of(import_id)
    return await download(key, name)


@post("/files/{import_id:uuid}/delete", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def delete_file(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await files.delete_file(import_id, signed_in(request).id)
    await notice(request, _("The file is deleted. Its contacts stay."))
    return to(request, f"/files/{import_id}")


ROUTES = [all_files, one_file, file_content, delete_file]
