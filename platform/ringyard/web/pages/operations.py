"""Bulk work on pages: the dialog over a list of contacts, the list of operations, and one with its progress."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.errors import NotFound
from ringyard.kit.text import _
from ringyard.web.api.operations import offered
from ringyard.web.bulk_forms import new_export_of, new_operation_of
from ringyard.web.contact_columns import look_of
from ringyard.web.contact_words import delimiters, encodings
from ringyard.web.downloads import download
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.operation_rights import check, may, only_of, seen, workable
from ringyard.web.operation_words import KINDS, STATES, question, what
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.words import STATUSES, options
from tenants.contacts.choices import list_choices
from tenants.contacts.fields import GIVEN_STATUSES
from tenants.custom_fields.service import every_custom_field
from tenants.exports.service import headings, new_export
from tenants.operations import service
from tenants.operations.fields import OperationView
from tenants.operations.undoing import undo

Cursor = Annotated[str | None, QueryParameter()]


@get("/operations", right=Right.EDIT_CONTACTS)
@in_workspace
async def operations(request: WebRequest, cursor: Cursor = None) -> Response[Any]:
    found = await service.list_operations(25, cursor, only_of(request))
    people = (await list_choices()).agent_names
    template = "operations/list.html.j2" if is_htmx(request) else "operations/page.html.j2"
    return page(request, template, found=found, cursor=cursor, people=people, states=STATES, what=what)


@get("/operations/new", right=Right.EDIT_CONTACTS)
async def new_operation(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@in_workspace
async def _show_form(request: WebRequest, form: Form) -> Response[Any]:
    """The dialog's first step. Raises NotFound for work that there is not, Forbidden."""
    kind = form.text("kind") or request.query_params.get("kind", "")
    if kind not in KINDS:
        raise NotFound(_("There is no such operation."))
    check(request, kind)
    choices = await list_choices()
    look = await look_of(signed_in(request).id, "contacts", await every_custom_field())
    statuses = [pair for pair in options(STATUSES) if pair[0] in GIVEN_STATUSES]
    return page(
        request, "operations/form.html.j2", form=form, kind=kind, title=_(KINDS[kind]), choices=choices,
        categories=[(one.id, one.name) for one in choices.categories.values()],
        statuses=statuses, columns=await headings(), usual=form.many("columns") or look.columns,
        encodings=encodings(), delimiters=delimiters(),
    )  # fmt: skip


@post("/operations/new", right=Right.EDIT_CONTACTS, status_code=200)
@shown_again(_show_form)
@in_workspace
async def prepare(request: WebRequest) -> Response[Any]:
    """The contacts are counted; nothing is done with them before the confirmation."""
    form = await Form.of(request)
    check(request, form.text("kind"))
    user_id = signed_in(request).id
    if form.text("kind") == "export":
        view = await new_export(new_export_of(form, user_id), dict(options(STATUSES)), user_id)
    else:
        view = await service.new_operation(new_operation_of(form, user_id), user_id)
    return page(request, "operations/confirm.html.j2", shown=view, question=question, title=_(KINDS[view.kind]))


@post("/operations/{operation_id:uuid}/start", right=Right.EDIT_CONTACTS, status_code=200)
@in_workspace
async def start(request: WebRequest, operation_id: FromPath[UUID]) -> Response[Any]:
    await workable(request, operation_id)
    await service.start(operation_id)
    return to(request, f"/operations/{operation_id}")


@get("/operations/{operation_id:uuid}", right=Right.EDIT_CONTACTS)
@in_workspace
async def show(request: WebRequest, operation_id: FromPath[UUID]) -> Response[Any]:
    return await _shown(request, await seen(request, operation_id))


@post("/operations/{operation_id:uuid}/cancel", right=Right.EDIT_CONTACTS, status_code=200)
@in_workspace
async def cancel(request: WebRequest, operation_id: FromPath[UUID]) -> Response[Any]:
    await workable(request, operation_id)
    await service.cancel(operation_id)
    return to(request, f"/operations/{operation_id}")


@post("/operations/{operation_id:uuid}/undo", right=Right.EDIT_CONTACTS, status_code=200)
@in_workspace
async def undo_operation(request: WebRequest, operation_id: FromPath[UUID]) -> Response[Any]:
    await workable(request, operation_id)
    await undo(operation_id)
    return to(request, f"/operations/{operation_id}")


@get("/operations/{operation_id:uuid}/file", right=Right.EXPORT_CONTACTS)
async def file(request: WebRequest, operation_id: FromPath[UUID]) -> Response[Any]:
    found = await offered(request, operation_id)
    return await download(found.key, found.name)


async def _shown(request: WebRequest, view: OperationView) -> Response[Any]:
    template = "operations/body.html.j2" if is_htmx(request) else "operations/show.html.j2"
    return page(
        request, template, shown=view, what=what(view), mine=may(request, view.kind),
        by=(await list_choices()).agent_names.get(view.created_by) if view.created_by else None,
    )  # fmt: skip


ROUTES = [operations, new_operation, prepare, start, show, cancel, undo_operation, file]
