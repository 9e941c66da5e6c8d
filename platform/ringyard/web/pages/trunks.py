"""Trunks: the list and the form."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.transactional import in_workspace
from ringyard.web.words import TRUNK_KINDS, options
from tenants.trunks import service
from tenants.trunks.fields import TrunkChange, TrunkFields

_TEXTS = ("name", "kind", "host", "username", "max_channels", "max_cps", "caller_id")


@get("/trunks", right=Right.VIEW_TELEPHONY)
@in_workspace
async def trunks(request: WebRequest, cursor: Annotated[str | None, QueryParameter()] = None) -> Response[Any]:
    found = await service.list_trunks(25, cursor)
    template = "trunks/list.html.j2" if is_htmx(request) else "trunks/page.html.j2"
    return page(request, template, found=found, cursor=cursor)


@get("/trunks/new", right=Right.EDIT_TELEPHONY)
async def new_trunk(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/trunks/new", right=Right.EDIT_TELEPHONY, status_code=200)
async def create_trunk(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/trunks/{trunk_id:uuid}", right=Right.EDIT_TELEPHONY)
async def edit_trunk(request: WebRequest, trunk_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), trunk_id)


@post("/trunks/{trunk_id:uuid}", right=Right.EDIT_TELEPHONY, status_code=200)
async def change_trunk(request: WebRequest, trunk_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, trunk_id=trunk_id))(_change)(request, trunk_id)


@post("/trunks/{trunk_id:uuid}/delete", right=Right.EDIT_TELEPHONY, status_code=200)
@in_workspace
async def delete_trunk(request: WebRequest, trunk_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_trunk(trunk_id)
    return to(request, "/trunks")


@in_workspace
async def _show_form(request: WebRequest, form: Form, trunk_id: UUID | None = None) -> Response[Any]:
    shown = await service.trunk(trunk_id) if trunk_id else None
    usual = shown or TrunkFields(name="", kind="ip")
    return page(request, "trunks/form.html.j2", form=form, trunk=shown, usual=usual, kinds=options(TRUNK_KINDS))


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    await service.create_trunk(filled(TrunkFields, await _typed(request)))
    return to(request, "/trunks")


@in_workspace
async def _change(request: WebRequest, trunk_id: UUID) -> Response[Any]:
    """An empty password leaves the old one: it is never shown, so it cannot be typed again."""
    typed = await _typed(request)
    kept = {name: value for name, value in typed.items() if name != "password" or value}
    values = msgspec.structs.asdict(filled(TrunkFields, kept))
    await service.change_trunk(trunk_id, TrunkChange(**{name: values[name] for name in kept}))
    return to(request, "/trunks")


async def _typed(request: WebRequest) -> dict[str, str]:
    form = await Form.of(request)
    texts = {name: form.text(name) for name in _TEXTS}
    return {**texts, "port": form.text("port") or "5060", "password": form.secret("password")}


ROUTES = [trunks, new_trunk, create_trunk, edit_trunk, change_trunk, delete_trunk]
