"""Imports: upload, settings with preview, progress, result, junk."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.errors import FieldError, Invalid
from ringyard.kit.text import _
from ringyard.web.contact_words import DUPLICATES, IMPORT_STATES, country_names, delimiters, encodings, role_options
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.import_settings import base_id_of
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks, created
from ringyard.web.words import options
from tenants.bases.service import base, base_called
from tenants.contacts.choices import list_choices
from tenants.imports import service, setting_up
from tenants.imports.fields import ImportDetail
from tenants.imports.junk import junk_of_import
from tenants.imports.plan import DELIMITERS, ImportChange
from tenants.imports.undoing import undo_import
from tenants.imports.uploading import LIMIT, take_in
from tenants.workspace import workspace

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
        limit_mb=LIMIT // _FORM_ROOM,
    )  # fmt: skip


@post("/imports/new", right=Right.IMPORT_CONTACTS, status_code=200, request_max_body_size=LIMIT + _FORM_ROOM)
@shown_again(_show_upload)
async def upload(request: WebRequest) -> Response[Any]:
    """The file goes to the store before a transaction begins."""
    form = await Form.of(request)
    file = form.values.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Invalid(_("Choose a file."), [FieldError("file", _("Choose a file."))])
    base_id = await _base_wanted(form)
    taken = await take_in(file.filename, chunks(file))
    made = await created(taken, base_id, ImportChange(), signed_in(request).id)
    return to(request, f"/imports/{made.id}")


@get("/imports/{import_id:uuid}", right=Right.IMPORT_CONTACTS)
@in_workspace
async def show_import(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    return await _shown(request, await service.import_detail(import_id))


@post("/imports/{import_id:uuid}/settings", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def change_settings(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    """Columns that were chosen for another cut of the file, or without seeing a number, are guessed anew."""
    form, before = await Form.of(request), await service.import_view(import_id)
    texts = {name: form.text(name) for name in ("encoding", "delimiter", "country", "duplicates")}
    changed = {name: text for name, text in texts.items() if text and text != _as_typed(before, name)}
    numberless = "country" in changed and "phone" not in form.many("columns")
    same_cut = "encoding" not in changed and "delimiter" not in changed and not numberless
    columns = {"columns": form.many("columns")} if same_cut and form.many("columns") else {}
    header = {"header": form.text("header") == "true"} if form.text("header") and same_cut else {}
    chosen = ImportChange(**changed, **columns, **header)  # type: ignore[arg-type]
    return await _shown(request, await setting_up.change_import(import_id, chosen))


@post("/imports/{import_id:uuid}/confirm", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def confirm(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await service.confirm_import(import_id)
    return to(request, f"/imports/{import_id}")


@post("/imports/{import_id:uuid}/cancel", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def cancel(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await service.cancel_import(import_id)
    return to(request, f"/imports/{import_id}")


@post("/imports/{import_id:uuid}/undo", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def undo(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await undo_import(import_id)
    return to(request, f"/imports/{import_id}")


@get("/imports/{import_id:uuid}/junk", right=Right.IMPORT_CONTACTS)
@in_workspace
async def import_junk(request: WebRequest, import_id: FromPath[UUID], cursor: Cursor = None) -> Response[Any]:
    shown, found = await service.import_view(import_id), await junk_of_import(import_id, 50, cursor)
    template = "imports/junk_list.html.j2" if is_htmx(request) else "imports/junk.html.j2"
    return page(request, template, shown=shown, found=found, at=f"/imports/{import_id}/junk", cursor=cursor)


async def _base_wanted(form: Form) -> UUID:
    """The base chosen, or a new one by its name; in a transaction of its own, before the file is taken in."""
    async with workspace():
        if form.text("new_base"):
            return await _named(form.text("new_base"))
        if not form.text("base_id"):
            raise Invalid(_("Choose a base."), [FieldError("base_id", _("Choose a base, or name a new one."))])
        return (await base(base_id_of(form.text("base_id")))).id


async def _named(name: str) -> UUID:
    try:
        return (await base_called(name)).id
    except Invalid as problem:
        raise Invalid(problem.detail, [FieldError("new_base", error.message) for error in problem.errors]) from problem


def _as_typed(before: Any, name: str) -> str:
    value = str(getattr(before, name))
    return DELIMITERS.get(value, value) if name == "delimiter" else value


async def _shown(request: WebRequest, detail: ImportDetail) -> Response[Any]:
    template = "imports/body.html.j2" if is_htmx(request) else "imports/show.html.j2"
    roles = [
        role_options(column, detail.headings[place] if place < len(detail.headings) else "")
        for place, column in enumerate(detail.columns)
    ]
    return page(
        request, template, shown=detail, base=await base(detail.base_id), roles=roles, encodings=encodings(),
        delimiters=delimiters(), countries=country_names(), duplicates=options(DUPLICATES),
        delimiter=DELIMITERS[detail.delimiter],
    )  # fmt: skip


ROUTES = [
    imports, new_import, upload, show_import, change_settings, confirm, cancel, undo, import_junk,
]  # fmt: skip
