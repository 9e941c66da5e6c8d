"""The client card: everything about one contact on one screen, each fact changed where it stands.

A fact's form carries what its writer had before their eyes; if somebody has changed the fact meanwhile, nothing is
saved and both values are shown.
"""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Conflict, Invalid, Problem
from ringyard.kit.text import _
from ringyard.web.authors import author
from ringyard.web.card_facts import Fact, change_of, fact_named, facts_of
from ringyard.web.card_parts import calls_part, comments_part, documents_part, phones_part
from ringyard.web.dialing_words import dialing_words
from ringyard.web.forms import Form
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.campaigns.standing import dialing_of
from tenants.contacts import service
from tenants.contacts.choices import list_choices
from tenants.custom_fields.service import every_custom_field
from tenants.favourites.service import is_favourite, star, unstar

CHANGED = {"hx-trigger": "contact-changed"}
"""Tells the parts of the open card that follow from other facts to look again."""


@get("/contacts/{contact_id:uuid}", right=Right.VIEW_CONTACTS)
@in_workspace
async def card(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    shown, choices = await service.contact(contact_id), await list_choices()
    facts = facts_of(shown, choices, await every_custom_field())
    dialing = await dialing_of(contact_id)
    return page(
        request, "contacts/card.html.j2", contact=shown, choices=choices, facts=facts, focus=False,
        dialing=dialing_words(dialing, _zone(shown)), starred=await is_favourite(signed_in(request).id, contact_id),
        **phones_part(shown), **await calls_part(contact_id), **await comments_part(contact_id),
        **await documents_part(contact_id),
    )  # fmt: skip


@get("/contacts/{contact_id:uuid}/dialing", right=Right.VIEW_CONTACTS)
@in_workspace
async def dialing(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    shown = await service.contact(contact_id)
    words = dialing_words(await dialing_of(contact_id), _zone(shown))
    return page(request, "contacts/card/dialing.html.j2", contact=shown, dialing=words)


@get("/contacts/{contact_id:uuid}/facts/{name:str}", right=Right.VIEW_CONTACTS)
@in_workspace
async def fact_value(request: WebRequest, contact_id: FromPath[UUID], name: FromPath[str]) -> Response[Any]:
    return await _value(request, contact_id, name, focus="focus" in request.query_params)


@get("/contacts/{contact_id:uuid}/facts/{name:str}/edit", right=Right.EDIT_CONTACTS)
@in_workspace
async def edit_fact(request: WebRequest, contact_id: FromPath[UUID], name: FromPath[str]) -> Response[Any]:
    return await _editor(request, contact_id, name)


@post("/contacts/{contact_id:uuid}/facts/{name:str}", right=Right.EDIT_CONTACTS, status_code=200)
async def save_fact(request: WebRequest, contact_id: FromPath[UUID], name: FromPath[str]) -> Response[Any]:
    form = await Form.of(request)
    try:
        return await _save(request, contact_id, name, form)
    except (Invalid, Conflict) as problem:
        return await _refused(request, contact_id, name, form, problem)


@post("/contacts/{contact_id:uuid}/favourite", right=Right.VIEW_CONTACTS, status_code=200)
@in_workspace
async def set_favourite(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    wanted = (await Form.of(request)).ticked("starred")
    await (star if wanted else unstar)(signed_in(request).id, contact_id)
    shown = await service.contact(contact_id)
    return page(request, "contacts/card/star.html.j2", contact=shown, starred=wanted, focus=True)


@in_workspace
async def _save(request: WebRequest, contact_id: UUID, name: str, form: Form) -> Response[Any]:
    """Raises NotFound, Invalid, and Conflict where somebody else was quicker."""
    stored = await service.locked_contact(contact_id)
    fact = fact_named(name, facts_of(stored, await list_choices(), await every_custom_field()))
    if form.text("seen") != fact.seen:
        raise Conflict(_("Somebody has changed this meanwhile, as shown below. Save again to put yours instead."))
    await service.change_contact(contact_id, change_of(fact, form, stored), author(request))
    response = await _value(request, contact_id, name, focus=True)
    response.headers.update(CHANGED)
    return response


@in_workspace
async def _refused(request: WebRequest, contact_id: UUID, name: str, form: Form, problem: Problem) -> Response[Any]:
    response = await _editor(request, contact_id, name, form, problem)
    response.status_code = problem.status
    return response


async def _value(request: WebRequest, contact_id: UUID, name: str, focus: bool) -> Response[Any]:
    shown, choices = await service.contact(contact_id), await list_choices()
    fact = fact_named(name, facts_of(shown, choices, await every_custom_field()))
    return page(request, "contacts/card/fact.html.j2", contact=shown, choices=choices, fact=fact, focus=focus)


async def _editor(
    request: WebRequest, contact_id: UUID, name: str, form: Form | None = None, problem: Problem | None = None
) -> Response[Any]:
    """What was typed stays; a value that came meanwhile is shown and is what was seen from now on."""
    shown, choices = await service.locked_contact(contact_id), await list_choices()
    fact = fact_named(name, facts_of(shown, choices, await every_custom_field()))
    return page(
        request, "contacts/card/edit.html.j2", contact=shown, choices=choices, fact=fact, typed=_typed(fact, form),
        error=_sentence(fact, problem), outrun=isinstance(problem, Conflict),
    )  # fmt: skip


def _typed(fact: Fact, form: Form | None) -> str | list[str]:
    if form is None:
        return fact.value
    return form.many("value") if fact.editor == "ticks" else form.text("value")


def _sentence(fact: Fact, problem: Problem | None) -> str:
    if problem is None:
        return ""
    own = [error.message for error in problem.errors if error.field in (fact.name, f"custom.{fact.key}")]
    return own[0] if own else problem.errors[0].message if problem.errors else problem.detail


def _zone(contact: Any) -> str:
    return str(contact.timezone or next((phone.timezone for phone in contact.phones), ""))


ROUTES = [card, dialing, fact_value, edit_fact, save_fact, set_favourite]
