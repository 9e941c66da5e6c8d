"""Contacts: the form that makes one or changes all of one at once."""

from functools import partial
from itertools import zip_longest
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.authors import author
from ringyard.web.card_facts import choice_pairs
from ringyard.web.card_parts import kinds_to_choose
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.words import STATUSES, options
from tenants.contacts import service
from tenants.contacts.choices import list_choices
from tenants.contacts.fields import GIVEN_STATUSES, ContactChange, ContactFields, ContactView, PhoneFields
from tenants.custom_fields.service import every_custom_field
from tenants.operations.fields import NewOperation
from tenants.operations.service import new_operation

_TEXTS = ("base_id", "name", "email", "region", "timezone", "comment", "external_id")
_OWN = "custom."
_SPARE_NUMBERS = 2


@get("/contacts/new", right=Right.EDIT_CONTACTS)
async def new_contact(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/contacts/new", right=Right.EDIT_CONTACTS, status_code=200)
async def create_contact(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/contacts/{contact_id:uuid}/edit", right=Right.EDIT_CONTACTS)
async def edit_contact(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), contact_id)


@post("/contacts/{contact_id:uuid}/edit", right=Right.EDIT_CONTACTS, status_code=200)
async def change_contact(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, contact_id=contact_id))(_change)(request, contact_id)


@post("/contacts/{contact_id:uuid}/delete", right=Right.DELETE_CONTACTS, status_code=200)
@in_workspace
async def delete_contact(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """As bulk work on one contact, which can be put back for some days."""
    await service.deletable_contact(contact_id)
    deletion = await new_operation(NewOperation(kind="delete", ids=[contact_id]), signed_in(request).id)
    return to(request, f"/operations/{deletion.id}")


@in_workspace
async def _show_form(request: WebRequest, form: Form, contact_id: UUID | None = None) -> Response[Any]:
    shown = await service.contact(contact_id) if contact_id else None
    usual = shown or ContactFields(base_id=_base_asked(request), phones=[])  # type: ignore[arg-type]
    choices = await list_choices()
    statuses = [(value, label) for value, label in options(STATUSES) if value in GIVEN_STATUSES]
    return page(
        request, "contacts/form.html.j2", form=form, contact=shown, usual=usual, numbers=_numbers(form, usual),
        statuses=statuses, choices=choices, own=await every_custom_field(), kinds_to_choose=kinds_to_choose,
        choice_pairs=choice_pairs,
        outcome_pairs=[(one.id, one.name) for one in choices.outcomes.values()],
    )  # fmt: skip


def _numbers(form: Form, usual: ContactFields | ContactView) -> list[tuple[str, str]]:
    """Pairs (number, kind) as they stand or were typed, and room for more."""
    pairs = [(phone.number, phone.kind) for phone in usual.phones]
    if form.values:
        pairs = _typed_numbers(form)
    return pairs + [("", "")] * (1 if pairs else _SPARE_NUMBERS)


def _typed_numbers(form: Form) -> list[tuple[str, str]]:
    numbers, kinds = [[str(one).strip() for one in form.many(name)] for name in ("numbers", "kinds")]
    return [(number, kind) for number, kind in zip_longest(numbers, kinds, fillvalue="") if number]


def _base_asked(request: WebRequest) -> str:
    return request.query_params.get("base_id", "")


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    made = await service.create_contact(_typed(await Form.of(request)), author(request))
    return to(request, f"/contacts/{made.id}")


@in_workspace
async def _change(request: WebRequest, contact_id: UUID) -> Response[Any]:
    """A status that only the dialer sets is shown but not sent, so it stays."""
    form = await Form.of(request)
    values = msgspec.structs.asdict(_typed(form))
    values["custom"] = (await service.locked_contact(contact_id)).custom | values["custom"]
    if not form.text("status"):
        values.pop("status")
    await service.change_contact(contact_id, ContactChange(**values), author(request))
    return to(request, f"/contacts/{contact_id}")


def _typed(form: Form) -> ContactFields:
    typed: dict[str, Any] = {name: form.text(name) for name in _TEXTS}
    typed |= {name: form.text(name) or None for name in ("responsible_id", "outcome_id")}
    typed["status"] = form.text("status") or "new"
    typed["category_ids"] = form.many("category_ids")
    typed["phones"] = []
    typed["custom"] = {name.removeprefix(_OWN): form.text(name) for name in form.values if name.startswith(_OWN)}
    phones = [PhoneFields(number=number, kind=kind) for number, kind in _typed_numbers(form)]
    return msgspec.structs.replace(filled(ContactFields, typed), phones=phones)


ROUTES = [new_contact, create_contact, edit_contact, change_contact, delete_contact]
