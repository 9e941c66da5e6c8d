"""Bases: the list with counts, one base's contacts and junk, and the form."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.text import _
from ringyard.web.contact_lists import contact_list
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.transactional import in_workspace
from tenants.bases import service
from tenants.bases.counts import CAP, bases_with_counts
from tenants.bases.fields import BaseChange, BaseCounts, BaseFields
from tenants.imports.junk import junk_of_base

Cursor = Annotated[str | None, QueryParameter()]
_EVER = datetime.min.replace(tzinfo=UTC)
_SORTS: dict[str, Callable[[BaseCounts], Any]] = {
    "name": lambda one: one.base.name.casefold(),
    "contacts": lambda one: (one.more, one.contacts),
    "changed": lambda one: one.changed_at or _EVER,
}


@get("/bases", right=Right.VIEW_CONTACTS)
@in_workspace
async def bases(request: WebRequest) -> Response[Any]:
    """Searched by name and group; `sort` is contacts or changed, else they stand by group."""
    q, sort = request.query_params.get("q", "").strip()[:100], request.query_params.get("sort", "")
    every = await bases_with_counts()
    found = [one for one in every if q.casefold() in f"{one.base.group} {one.base.name}".casefold()]
    if key := _SORTS.get(sort.lstrip("-")):
        found.sort(key=key, reverse=sort.startswith("-"))
    template = "bases/list.html.j2" if is_htmx(request) else "bases/page.html.j2"
    return page(request, template, found=found, none=not every, q=q, sort=sort, cap=CAP)


@post("/bases/groups", right=Right.EDIT_LISTS, status_code=200)
@in_workspace
async def rename_group(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    await service.rename_group(form.text("group"), form.text("name"))
    return to(request, "/bases")


@get("/bases/new", right=Right.EDIT_LISTS)
async def new_base(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/bases/new", right=Right.EDIT_LISTS, status_code=200)
async def create_base(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/bases/{base_id:uuid}", right=Right.VIEW_CONTACTS)
@in_workspace
async def base_contacts(request: WebRequest, base_id: FromPath[UUID]) -> Response[Any]:
    shown = await service.base(base_id)
    return await contact_list(request, f"/bases/{base_id}", "bases/contacts.html.j2", base_id, base=shown)


@get("/bases/{base_id:uuid}/junk", right=Right.VIEW_CONTACTS)
@in_workspace
async def base_junk(request: WebRequest, base_id: FromPath[UUID], cursor: Cursor = None) -> Response[Any]:
    shown, found = await service.base(base_id), await junk_of_base(base_id, 50, cursor)
    template = "imports/junk_list.html.j2" if is_htmx(request) else "bases/junk.html.j2"
    return page(request, template, base=shown, found=found, at=f"/bases/{base_id}/junk", cursor=cursor)


@get("/bases/{base_id:uuid}/edit", right=Right.EDIT_LISTS)
async def edit_base(request: WebRequest, base_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), base_id)


@post("/bases/{base_id:uuid}/edit", right=Right.EDIT_LISTS, status_code=200)
async def change_base(request: WebRequest, base_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, base_id=base_id))(_change)(request, base_id)


@post("/bases/{base_id:uuid}/delete", right=Right.EDIT_LISTS, status_code=200)
@in_workspace
async def delete_base(request: WebRequest, base_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_base(base_id)
    return to(request, "/bases")


@in_workspace
async def _show_form(request: WebRequest, form: Form, base_id: UUID | None = None) -> Response[Any]:
    shown = await service.base(base_id) if base_id else None
    return page(request, "bases/form.html.j2", form=form, base=shown, groups=await service.base_groups())


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    made = await service.create_base(BaseFields(name=form.text("name"), group=form.text("group")))
    await notice(request, _("The base “{name}” is ready for contacts.", name=made.name))
    return to(request, f"/bases/{made.id}")


@in_workspace
async def _change(request: WebRequest, base_id: UUID) -> Response[Any]:
    form = await Form.of(request)
    await service.change_base(base_id, BaseChange(name=form.text("name"), group=form.text("group")))
    return to(request, f"/bases/{base_id}")


ROUTES = [bases, rename_group, new_base, create_base, base_contacts, base_junk, edit_base, change_base, delete_base]
