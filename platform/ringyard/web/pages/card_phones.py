"""The numbers on a client card: added, changed, moved, marked and taken away; the answer is the whole list."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Invalid, NotFound
from ringyard.kit.text import _
from ringyard.web.authors import author
from ringyard.web.card_parts import kinds_to_choose, phones_part
from ringyard.web.forms import Form
from ringyard.web.pages.cards import CHANGED
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.contacts import service
from tenants.contacts.fields import ContactChange, ContactView, PhoneFields
from tenants.contacts.phone_lists import as_fields, changed, marked, moved, removed

_VERBS: dict[str, Callable[[ContactView, str], list[PhoneFields]]] = {
    "up": lambda contact, number: moved(contact.phones, number, -1),
    "down": lambda contact, number: moved(contact.phones, number, 1),
    "remove": lambda contact, number: removed(contact.phones, number),
    "exists": lambda contact, number: marked(contact.phones, number, False),
    "bad": lambda contact, number: marked(contact.phones, number, True),
}


@get("/contacts/{contact_id:uuid}/phones", right=Right.VIEW_CONTACTS)
@in_workspace
async def phones(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """`?edit=+48601000001` with that number's form, `?add` with the form of a new one."""
    asked = request.query_params
    return await _list(request, contact_id, asked.get("edit", ""), "add" in asked)


@post("/contacts/{contact_id:uuid}/phones", right=Right.EDIT_CONTACTS, status_code=200)
async def save_phone(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """`old` is the number that is changed; without it one is added."""
    form = await Form.of(request)
    try:
        return await _save(request, contact_id, form)
    except Invalid as problem:
        form.message = problem.errors[0].message if problem.errors else problem.detail
        response = await _again(request, contact_id, form)
        response.status_code = problem.status
        return response


@post("/contacts/{contact_id:uuid}/phones/{verb:str}", right=Right.EDIT_CONTACTS, status_code=200)
async def change_phone(request: WebRequest, contact_id: FromPath[UUID], verb: FromPath[str]) -> Response[Any]:
    """`verb` is up, down, remove, exists or bad."""
    form = await Form.of(request)
    try:
        return await _change(request, contact_id, verb, form.text("number"))
    except Invalid as problem:
        raise Invalid(problem.errors[0].message if problem.errors else problem.detail) from problem


@in_workspace
async def _save(request: WebRequest, contact_id: UUID, form: Form) -> Response[Any]:
    stored = await service.locked_contact(contact_id)
    new, old = PhoneFields(number=form.text("number"), kind=form.text("kind")), form.text("old")
    wanted = changed(stored.phones, old, new) if old else [*as_fields(stored.phones), new]
    return await _stored(request, contact_id, wanted)


@in_workspace
async def _change(request: WebRequest, contact_id: UUID, verb: str, number: str) -> Response[Any]:
    stored = await service.locked_contact(contact_id)
    if verb not in _VERBS:
        raise NotFound(_("There is nothing at this address."))
    return await _stored(request, contact_id, _VERBS[verb](stored, number), number)


async def _stored(request: WebRequest, contact_id: UUID, wanted: list[PhoneFields], at: str = "") -> Response[Any]:
    await service.change_contact(contact_id, ContactChange(phones=wanted), author(request))
    response = await _list(request, contact_id, focus=at or "add")
    response.headers.update(CHANGED)
    return response


@in_workspace
async def _again(request: WebRequest, contact_id: UUID, form: Form) -> Response[Any]:
    return await _list(request, contact_id, form.text("old"), not form.text("old"), form)


async def _list(
    request: WebRequest, contact_id: UUID, editing: str = "", adding: bool = False, form: Form | None = None,
    focus: str = "",
) -> Response[Any]:  # fmt: skip
    shown = await service.contact(contact_id)
    kind = next((phone.kind for phone in shown.phones if phone.number == editing), "")
    return page(
        request, "contacts/card/phones.html.j2", contact=shown, editing=editing, adding=adding, form=form or Form(),
        kinds=kinds_to_choose(kind), focus=focus or request.query_params.get("focus", ""), **phones_part(shown),
    )  # fmt: skip


ROUTES = [phones, save_phone, change_phone]
