"""Own fields of contacts: the list in its order, and the form."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.contact_words import CUSTOM_KINDS
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from ringyard.web.words import options
from tenants.custom_fields import service
from tenants.custom_fields.fields import MOST_FIELDS, CustomFieldChange, CustomFieldFields


@get("/custom-fields", right=Right.VIEW_CONTACTS)
@in_workspace
async def custom_fields(request: WebRequest) -> Response[Any]:
    found, kinds = await service.every_custom_field(), dict(options(CUSTOM_KINDS))
    return page(request, "custom_fields/page.html.j2", found=found, kinds=kinds, most=MOST_FIELDS)


@get("/custom-fields/new", right=Right.EDIT_LISTS)
async def new_custom_field(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/custom-fields/new", right=Right.EDIT_LISTS, status_code=200)
async def create_custom_field(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/custom-fields/{custom_field_id:uuid}", right=Right.EDIT_LISTS)
async def edit_custom_field(request: WebRequest, custom_field_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), custom_field_id)


@post("/custom-fields/{custom_field_id:uuid}", right=Right.EDIT_LISTS, status_code=200)
async def change_custom_field(request: WebRequest, custom_field_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, custom_field_id=custom_field_id))(_change)(request, custom_field_id)


@post("/custom-fields/{custom_field_id:uuid}/delete", right=Right.EDIT_LISTS, status_code=200)
@in_workspace
async def delete_custom_field(request: WebRequest, custom_field_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_custom_field(custom_field_id)
    return to(request, "/custom-fields")


@in_workspace
async def _show_form(request: WebRequest, form: Form, custom_field_id: UUID | None = None) -> Response[Any]:
    shown = await service.custom_field(custom_field_id) if custom_field_id else None
    usual = shown or CustomFieldFields(name="")
    kinds = options(CUSTOM_KINDS)
    return page(request, "custom_fields/form.html.j2", form=form, shown=shown, usual=usual, kinds=kinds)


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    await service.create_custom_field(await _typed(request))
    return to(request, "/custom-fields")


@in_workspace
async def _change(request: WebRequest, custom_field_id: UUID) -> Response[Any]:
    typed = msgspec.structs.asdict(await _typed(request))
    del typed["key"]
    await service.change_custom_field(custom_field_id, CustomFieldChange(**typed))
    return to(request, "/custom-fields")


async def _typed(request: WebRequest) -> CustomFieldFields:
    """Choices are written one a line."""
    form = await Form.of(request)
    typed = filled(CustomFieldFields, {name: form.text(name) for name in ("name", "kind", "position")})
    return msgspec.structs.replace(typed, choices=form.text("choices").splitlines())


ROUTES = [
    custom_fields, new_custom_field, create_custom_field, edit_custom_field, change_custom_field, delete_custom_field,
]  # fmt: skip
