"""Imports: the list, the upload, progress and result. Its preview stands in `import_previews`, undo in
`import_undo`."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Invalid, invalid
from ringyard.kit.text import _
from ringyard.web.contact_words import IMPORT_STATES
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.import_forms import base_wanted, beside_new_base
from ringyard.web.pages.import_previews import preview_page
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks, created
from tenants.bases.service import base
from tenants.contacts.choices import list_choices
from tenants.imports import service
from tenants.imports.junk import junk_counts
from tenants.imports.setting_up import base_groups
from tenants.imports.uploading import LIMIT, take_in

_FORM_ROOM = 1024 * 1024
Cursor = Annotated[str | None, QueryParameter()]


@get("/imports", right=Right.IMPORT_CONTACTS)
@in_workspace
async def imports(request: WebRequest, cursor: Cursor = None) -> Response[Any]:
    found, choices = await service.list_imports(25, cursor), await list_choices()
    template = "imports/list.html.j2" if is_htmx(request) else "imports/page.html.j2"
    return page(request, template, found=found, cursor=cursor, base_names=choices.base_names, states=IMPORT_STATES)


@get("/imports/new", right=Right.IMPORT_CONTACTS)
async def new_import(request: WebRequest) -> Response[Any]:
    return await _show_upload(request, Form())


@in_workspace
async def _show_upload(request: WebRequest, form: Form) -> Response[Any]:
    choices = await list_choices()
    template = "imports/upload_form.html.j2" if is_htmx(request) else "imports/upload.html.j2"
    return page(
        request, template, form=form, bases=choices.bases, base_id=request.query_params.get("base_id", ""),
        groups=await base_groups(), limit_mb=LIMIT // _FORM_ROOM,
    )  # fmt: skip


@post("/imports/new", right=Right.IMPORT_CONTACTS, status_code=200, request_max_body_size=LIMIT + _FORM_ROOM)
@shown_again(_show_upload)
async def upload(request: WebRequest) -> Response[Any]:
    """The file goes to the store before a transaction begins."""
    form = await Form.of(request)
    file = form.values.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise invalid("file", _("Choose a file."))
    chosen = base_wanted(form)
    taken = await take_in(file.filename, chunks(file))
    try:
        made = await created(taken, None, chosen, signed_in(request).id)
    except Invalid as problem:
        raise beside_new_base(problem) from problem
    return to(request, f"/imports/{made.id}")


@get("/imports/{import_id:uuid}", right=Right.IMPORT_CONTACTS)
@in_workspace
async def show_import(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    detail = await service.import_detail(import_id)
    if detail.state == "preview":
        return await preview_page(request, detail)
    template = "imports/body.html.j2" if is_htmx(request) else "imports/show.html.j2"
    return page(
        request, template, shown=detail, base=await base(detail.base_id), counts=await junk_counts(import_id)
    )  # fmt: skip


@post("/imports/{import_id:uuid}/confirm", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def confirm(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await service.confirm_import(import_id, signed_in(request).id)
    return to(request, f"/imports/{import_id}")


@post("/imports/{import_id:uuid}/cancel", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def cancel(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await service.cancel_import(import_id, signed_in(request).id)
    return to(request, f"/imports/{import_id}")


ROUTES = [imports, new_import, upload, show_import, confirm, cancel]
