"""Outcomes: the list in its order, and the form."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.contact_words import OUTCOME_KINDS
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from ringyard.web.words import options
from tenants.outcomes import service
from tenants.outcomes.fields import OutcomeChange, OutcomeFields

_TEXTS = tuple(OutcomeFields.__struct_fields__)


@get("/outcomes", right=Right.VIEW_CONTACTS)
@in_workspace
async def outcomes(request: WebRequest) -> Response[Any]:
    return page(
        request, "outcomes/page.html.j2", found=await service.every_outcome(), kinds=dict(options(OUTCOME_KINDS))
    )


@get("/outcomes/new", right=Right.EDIT_LISTS)
async def new_outcome(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/outcomes/new", right=Right.EDIT_LISTS, status_code=200)
async def create_outcome(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/outcomes/{outcome_id:uuid}", right=Right.EDIT_LISTS)
async def edit_outcome(request: WebRequest, outcome_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), outcome_id)


@post("/outcomes/{outcome_id:uuid}", right=Right.EDIT_LISTS, status_code=200)
async def change_outcome(request: WebRequest, outcome_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, outcome_id=outcome_id))(_change)(request, outcome_id)


@post("/outcomes/{outcome_id:uuid}/delete", right=Right.EDIT_LISTS, status_code=200)
@in_workspace
async def delete_outcome(request: WebRequest, outcome_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_outcome(outcome_id)
    return to(request, "/outcomes")


@in_workspace
async def _show_form(request: WebRequest, form: Form, outcome_id: UUID | None = None) -> Response[Any]:
    shown = await service.outcome(outcome_id) if outcome_id else None
    usual = shown or OutcomeFields(name="")
    return page(request, "outcomes/form.html.j2", form=form, outcome=shown, usual=usual, kinds=options(OUTCOME_KINDS))


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    await service.create_outcome(await _typed(request))
    return to(request, "/outcomes")


@in_workspace
async def _change(request: WebRequest, outcome_id: UUID) -> Response[Any]:
    await service.change_outcome(outcome_id, OutcomeChange(**msgspec.structs.asdict(await _typed(request))))
    return to(request, "/outcomes")


async def _typed(request: WebRequest) -> OutcomeFields:
    form = await Form.of(request)
    return filled(OutcomeFields, {name: form.text(name) for name in _TEXTS})


ROUTES = [outcomes, new_outcome, create_outcome, edit_outcome, change_outcome, delete_outcome]
