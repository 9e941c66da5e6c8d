"""The dialing list: an agent gets numbers, calls them by hand, and says what came of each."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.text import _, ngettext
from ringyard.web.api.handouts import whose
from ringyard.web.authors import author
from ringyard.web.filling import filled
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from tenants.contacts.choices import list_choices
from tenants.contacts.fields import ContactChange
from tenants.contacts.service import change_contact
from tenants.handouts import service
from tenants.handouts.fields import Wanted
from tenants.handouts.taking import hand_out, undialed
from tenants.workspace_settings.service import dialing_limits

_PAGE = 50
_AT = "/dialing-list"


class _Chosen(msgspec.Struct):
    outcome_id: UUID


@get(_AT, right=Right.MAKE_CALLS)
async def dialing_list(request: WebRequest) -> Response[Any]:
    return await _show(request, Form())


@in_workspace
async def _show(request: WebRequest, form: Form) -> Response[Any]:
    user, cursor = signed_in(request), request.query_params.get("cursor") or None
    everybody = user.can(Right.RELEASE_NUMBERS) and request.query_params.get("agent_id") == "all"
    found = await service.list_handouts(None if everybody else user.id, _PAGE, cursor)
    part = is_htmx(request) and request.method == "GET"
    choices = await list_choices()
    categories = [(one.id, one.name) for one in choices.categories.values()]
    return page(
        request, "handouts/list.html.j2" if part else "handouts/page.html.j2", found=found, form=form, cursor=cursor,
        everybody=everybody, choices=choices, category_pairs=categories, limits=await dialing_limits(),
        held=await undialed(user.id), filtered=urlencode({"agent_id": "all"}) if everybody else "",
    )  # fmt: skip


@post(f"{_AT}/take", right=Right.MAKE_CALLS, status_code=200)
@shown_again(_show)
@in_workspace
async def take(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    wanted = {name: form.text(name) or None for name in ("category_id", "count")}
    handed = await hand_out(signed_in(request).id, filled(Wanted, {"base_id": form.text("base_id"), **wanted}))
    if handed.taken:
        count = len(handed.taken)
        told = ngettext("{count} number is yours to call.", "{count} numbers are yours to call.", count, count=count)
        await notice(request, told)
    else:
        await notice(request, _("Nobody in this base can be called now: all are called, taken or listed."), "warning")
    return to(request, _AT)


@post(f"{_AT}/give-back", right=Right.MAKE_CALLS, status_code=200)
@in_workspace
async def give_all_back(request: WebRequest) -> Response[Any]:
    count = await service.give_all_back(signed_in(request).id)
    told = ngettext("{count} number is given back.", "{count} numbers are given back.", count, count=count)
    await notice(request, told)
    return to(request, _AT)


@post(f"{_AT}/{{contact_id:uuid}}/give-back", right=Right.MAKE_CALLS, status_code=200)
@in_workspace
async def give_back(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    await service.give_back(contact_id, whose(request, None))
    return to(request, await _where(request))


@post(f"{_AT}/{{contact_id:uuid}}/outcome", right=Right.EDIT_CONTACTS, status_code=200)
@in_workspace
async def set_outcome(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """The contact leaves the list, also with the outcome that it has already."""
    chosen = filled(_Chosen, {"outcome_id": (await Form.of(request)).text("outcome_id")})
    await change_contact(contact_id, ContactChange(outcome_id=chosen.outcome_id), author(request))
    await service.settle(contact_id)
    return to(request, await _where(request))


async def _where(request: WebRequest) -> str:
    everybody = (await Form.of(request)).text("agent_id") == "all"
    return f"{_AT}?agent_id=all" if everybody else _AT


ROUTES = [dialing_list, take, give_all_back, give_back, set_outcome]
