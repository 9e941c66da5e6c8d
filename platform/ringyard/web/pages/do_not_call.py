"""The do-not-call list: search, add, import, remove, export."""

from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Stream

from ringyard.accounts.rights import Right
from ringyard.kit.errors import FieldError, Invalid
from ringyard.kit.text import _
from ringyard.web.api.do_not_call import FORM_ROOM
from ringyard.web.contact_words import LISTING_SOURCES
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks
from tenants.contacts.choices import list_choices
from tenants.do_not_call import importing, service
from tenants.do_not_call.export import lines
from tenants.do_not_call.fields import NewNumber, Sort

_PAGE = 50
_AT = "/do-not-call"


@get(_AT, right=Right.VIEW_CONTACTS)
async def do_not_call(request: WebRequest) -> Response[Any]:
    return await _show(request, Form())


@in_workspace
async def _show(request: WebRequest, form: Form) -> Response[Any]:
    q, sort = request.query_params.get("q", "")[:200], request.query_params.get("sort", "")
    sort = sort if sort in get_args(Sort) else "-created"
    cursor = request.query_params.get("cursor") or None
    found = await service.list_numbers(_PAGE, cursor, q, sort)  # type: ignore[arg-type]
    part = is_htmx(request) and request.method == "GET"
    return page(
        request, "do_not_call/list.html.j2" if part else "do_not_call/page.html.j2", found=found, q=q, sort=sort,
        cursor=cursor, form=form, total=await service.count_numbers(q), most=service.COUNTED,
        filtered=urlencode({"q": q}) if q else "", agents=(await list_choices()).agent_names, sources=LISTING_SOURCES,
        imports=await importing.latest_imports(), limit_mb=importing.LIMIT // FORM_ROOM,
    )  # fmt: skip


@post(f"{_AT}/add", right=Right.EDIT_CONTACTS, status_code=200)
@shown_again(_show)
@in_workspace
async def add(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    new = NewNumber(number=form.text("number"), reason=form.text("reason"))
    added = await service.add_number(new, "manual", signed_in(request).id)
    await notice(request, _("{number} is not called any more.", number=added.number))
    return to(request, _AT)


@post(f"{_AT}/remove", right=Right.EDIT_LISTS, status_code=200)
@in_workspace
async def remove(request: WebRequest) -> Response[Any]:
    number = (await Form.of(request)).text("number")
    await service.remove_number(number)
    await notice(request, _("{number} may be called again.", number=number))
    return to(request, _AT)


@post(f"{_AT}/import", right=Right.EDIT_LISTS, status_code=200, request_max_body_size=importing.LIMIT + FORM_ROOM)
@shown_again(_show)
async def import_file(request: WebRequest) -> Response[Any]:
    """Opens transactions of its own, slice by slice."""
    form = await Form.of(request)
    file = form.values.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Invalid(_("Choose a file."), [FieldError("file", _("Choose a file."))])
    made = await importing.import_file(file.filename, chunks(file), form.text("file_reason"), signed_in(request).id)
    return to(request, f"{_AT}/imports/{made.id}")


@get(f"{_AT}/imports/{{blocking_id:uuid}}", right=Right.VIEW_CONTACTS)
@in_workspace
async def show_import(request: WebRequest, blocking_id: FromPath[UUID]) -> Response[Any]:
    shown = await importing.list_import(blocking_id)
    template = "do_not_call/_import.html.j2" if is_htmx(request) else "do_not_call/import.html.j2"
    return page(request, template, shown=shown)


@get(f"{_AT}/export", right=Right.VIEW_CONTACTS)
async def export(request: WebRequest) -> Stream:
    headers = {"content-disposition": "attachment; filename=do-not-call.csv", "cache-control": "no-store"}
    return Stream(lines(request.query_params.get("q", "")), media_type="text/csv; charset=utf-8", headers=headers)


ROUTES = [do_not_call, add, remove, import_file, show_import, export]
