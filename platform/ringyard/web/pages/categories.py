"""Categories: the list and the form."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.categories import service
from tenants.categories.fields import CategoryChange, CategoryFields

_TEXTS = tuple(CategoryFields.__struct_fields__)


@get("/categories", right=Right.VIEW_CONTACTS)
@in_workspace
async def categories(request: WebRequest) -> Response[Any]:
    return page(request, "categories/page.html.j2", found=await service.every_category())


@get("/categories/new", right=Right.EDIT_LISTS)
async def new_category(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/categories/new", right=Right.EDIT_LISTS, status_code=200)
async def create_category(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/categories/{category_id:uuid}", right=Right.EDIT_LISTS)
async def edit_category(request: WebRequest, category_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), category_id)


@post("/categories/{category_id:uuid}", right=Right.EDIT_LISTS, status_code=200)
async def change_category(request: WebRequest, category_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, category_id=category_id))(_change)(request, category_id)


@post("/categories/{category_id:uuid}/delete", right=Right.EDIT_LISTS, status_code=200)
@in_workspace
async def delete_category(request: WebRequest, category_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_category(category_id)
    return to(request, "/categories")


@in_workspace
async def _show_form(request: WebRequest, form: Form, category_id: UUID | None = None) -> Response[Any]:
    shown = await service.category(category_id) if category_id else None
    return page(request, "categories/form.html.j2", form=form, category=shown, usual=shown or CategoryFields(name=""))


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    await service.create_category(await _typed(request))
    return to(request, "/categories")


@in_workspace
async def _change(request: WebRequest, category_id: UUID) -> Response[Any]:
    await service.change_category(category_id, CategoryChange(**msgspec.structs.asdict(await _typed(request))))
    return to(request, "/categories")


async def _typed(request: WebRequest) -> CategoryFields:
    form = await Form.of(request)
    return filled(CategoryFields, {name: form.text(name) for name in _TEXTS})


ROUTES = [categories, new_category, create_category, edit_category, change_category, delete_category]
