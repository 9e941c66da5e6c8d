"""The section of a contact's card about consent: a part of the page that loads and replaces itself."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.errors import Invalid, invalid
from ringyard.kit.text import _
from ringyard.web.formats import zone
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks
from tenants.consents import service
from tenants.consents.fields import ConsentFields, Withdrawal, problems
from tenants.contacts.choices import list_choices
from tenants.documents.service import LARGEST, TakenFile, add_document, take_file

_MOST_SHOWN = 100
_FORM_ROOM = 1024 * 1024
_AT = "/contacts/{contact_id:uuid}/consents"


@get(_AT, right=Right.VIEW_CONTACTS)
async def consents(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await _section(request, Form(), contact_id)


@post(_AT, right=Right.EDIT_CONTACTS, status_code=200, request_max_body_size=LARGEST + _FORM_ROOM)
async def add_consent(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_section, contact_id=contact_id))(_add)(request, contact_id)


@post(_AT + "/{consent_id:uuid}/withdraw", right=Right.EDIT_CONTACTS, status_code=200)
async def withdraw(request: WebRequest, contact_id: FromPath[UUID], consent_id: FromPath[UUID]) -> Response[Any]:
    await _withdraw(request, contact_id, consent_id)
    return await _after(request, contact_id)


@in_workspace
async def _section(request: WebRequest, form: Form, contact_id: UUID) -> Response[Any]:
    found = await service.list_consents(contact_id, _MOST_SHOWN)
    return page(
        request, "contacts/_consent.html.j2", contact_id=contact_id, consents=found.items, form=form,
        agents=(await list_choices()).agent_names, today=now().astimezone(zone()).strftime("%Y-%m-%dT%H:%M"),
        limit_mb=LARGEST // store.BLOCK,
    )  # fmt: skip


async def _add(request: WebRequest, contact_id: UUID) -> Response[Any]:
    """The proof goes to the store before the transaction begins; a refused consent takes it away again."""
    form = await Form.of(request)
    fields, proof = _typed(form), form.values.get("proof")
    wrong = problems(fields, now())
    if wrong:
        raise Invalid(_("The consent cannot be saved yet."), wrong)
    taken = None
    if isinstance(proof, UploadFile) and proof.filename:
        taken = await take_file(proof.filename, proof.content_type or "", chunks(proof))
    try:
        await _store(contact_id, fields, taken, signed_in(request).id)
    except BaseException:
        if taken is not None:
            await store.delete(taken.key)
        raise
    return await _after(request, contact_id)


@in_workspace
async def _store(contact_id: UUID, fields: ConsentFields, taken: TakenFile | None, user_id: UUID) -> None:
    if taken is not None:
        proof = await add_document(contact_id, taken, user_id)
        fields = msgspec.structs.replace(fields, document_id=proof.id)
    await service.add_consent(contact_id, fields, user_id)


@in_workspace
async def _withdraw(request: WebRequest, contact_id: UUID, consent_id: UUID) -> None:
    how = Withdrawal(do_not_call=(await Form.of(request)).ticked("do_not_call"))
    await service.withdraw(contact_id, consent_id, how, signed_in(request).id)


async def _after(request: WebRequest, contact_id: UUID) -> Response[Any]:
    return await _section(request, Form(), contact_id) if is_htmx(request) else to(request, f"/contacts/{contact_id}")


def _typed(form: Form) -> ConsentFields:
    """The time is by the workspace's clock. Raises Invalid."""
    given = form.text("given_at")
    try:
        given_at = datetime.fromisoformat(given).replace(tzinfo=zone()) if given else None
    except ValueError as error:
        raise invalid("given_at", _("Write a date and a time.")) from error
    return ConsentFields(source=form.text("source"), text=form.text("text"), given_at=given_at)


ROUTES = [consents, add_consent, withdraw]
