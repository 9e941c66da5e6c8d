"""Saved searches: kept from a list of contacts, and the page that renames, shares and deletes them."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Invalid
from ringyard.kit.text import _
from ringyard.web.contact_params import address, chosen_of
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.searches import service
from tenants.searches.fields import SearchChange, SearchFields


@get("/searches", right=Right.VIEW_CONTACTS)
async def searches(request: WebRequest) -> Response[Any]:
    return await _shown(request, Form())


@post("/searches", right=Right.VIEW_CONTACTS, status_code=200)
async def save(request: WebRequest) -> Response[Any]:
    """The filters come as they stand in the list's address."""
    form = await Form.of(request)
    chosen = {name: value for name, value in chosen_of(form.values).items() if value}
    if sort := form.text("sort"):
        chosen["sort"] = sort
    try:
        return await _save(request, SearchFields(name=form.text("name"), filter=chosen, shared=form.ticked("shared")))
    except Invalid as problem:
        await notice(request, " ".join(error.message for error in problem.errors) or problem.detail, "danger")
        return to(request, f"/contacts?{address(chosen)}")


@in_workspace
async def _shown(request: WebRequest, form: Form) -> Response[Any]:
    found = await service.list_searches(signed_in(request).id)
    return page(request, "searches/page.html.j2", found=found, form=form, address=address)


@post("/searches/{search_id:uuid}", right=Right.VIEW_CONTACTS, status_code=200)
@shown_again(_shown)
@in_workspace
async def change(request: WebRequest, search_id: FromPath[UUID]) -> Response[Any]:
    form = await Form.of(request)
    wanted = SearchChange(name=form.text("name"), shared=form.ticked("shared"))
    await service.change_search(search_id, wanted, signed_in(request).id)
    await notice(request, _("The search is saved."))
    return to(request, "/searches")


@post("/searches/{search_id:uuid}/delete", right=Right.VIEW_CONTACTS, status_code=200)
@in_workspace
async def delete(request: WebRequest, search_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_search(search_id, signed_in(request).id)
    return to(request, "/searches")


@in_workspace
async def _save(request: WebRequest, fields: SearchFields) -> Response[Any]:
    saved = await service.save_search(fields, signed_in(request).id)
    await notice(request, _("The search “{name}” is saved.", name=saved.name))
    return to(request, f"/contacts?{address(saved.filter)}")


ROUTES = [searches, save, change, delete]
