"""One person's data: what there is, its export, its erasure, and what the erasure did."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.text import N_
from ringyard.web.api.erasing import sent
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from tenants.contacts.choices import list_choices
from tenants.erasing import service
from tenants.erasing.fields import EraseOrder
from tenants.erasing.people import person_of

_AT = "/contacts/{contact_id:uuid}/person"
_COUNTED = {
    "contacts": N_("Contacts"),
    "calls": N_("Calls without their number"),
    "recordings": N_("Recordings"),
    "comments": N_("Comments"),
    "documents": N_("Documents"),
    "consents": N_("Consents"),
    "junk": N_("Junk rows of imports"),
    "changes": N_("Entries of the audit"),
    "do_not_call": N_("New on the do-not-call list"),
}


class _Chosen(msgspec.Struct):
    contact_ids: list[UUID]


@get(_AT, right=Right.ERASE_PEOPLE)
async def person(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await _show(request, Form(), contact_id)


@get(_AT + "/file", right=Right.ERASE_PEOPLE)
async def export_person(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await sent(contact_id)


@post(_AT + "/erase", right=Right.ERASE_PEOPLE, status_code=200)
async def erase_person(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show, contact_id=contact_id))(_erase)(request, contact_id)


@get("/erasures/{erasure_id:uuid}", right=Right.ERASE_PEOPLE)
@in_workspace
async def erasure(request: WebRequest, erasure_id: FromPath[UUID]) -> Response[Any]:
    shown = await service.erasure(erasure_id)
    template = "erasing/_result.html.j2" if is_htmx(request) else "erasing/result.html.j2"
    files = await service.files_holding(shown.import_ids)
    return page(request, template, shown=shown, counted=_COUNTED, files=files)


@in_workspace
async def _show(request: WebRequest, form: Form, contact_id: UUID) -> Response[Any]:
    shown = await person_of(contact_id)
    bases = (await list_choices()).base_names
    return page(
        request, "erasing/person.html.j2", person=shown, form=form, bases=bases, ticked=form.many("contact_ids")
    )


@in_workspace
async def _erase(request: WebRequest, contact_id: UUID) -> Response[Any]:
    form = await Form.of(request)
    chosen = filled(_Chosen, {"contact_ids": [str(contact_id), *form.many("contact_ids")]}).contact_ids
    order = EraseOrder(confirm=form.text("confirm"), do_not_call=form.ticked("do_not_call"), contact_ids=chosen)
    made = await service.erase(contact_id, order, signed_in(request).id)
    return to(request, f"/erasures/{made.id}")


ROUTES = [person, export_person, erase_person, erasure]
