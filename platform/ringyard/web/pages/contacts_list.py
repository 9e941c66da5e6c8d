"""The list of all contacts, what it counts, and the columns a user chose for it."""

from typing import Any

from litestar import Response, get, post

from ringyard.accounts.rights import Right
from ringyard.web.contact_columns import USUAL, ListLook, preference, tidy
from ringyard.web.contact_lists import contact_list
from ringyard.web.contact_params import chosen_of, filter_of
from ringyard.web.forms import Form, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.contacts.totals import COUNTED, quick_total
from tenants.custom_fields.service import every_custom_field
from tenants.preferences.service import prefer


@get("/contacts", right=Right.VIEW_CONTACTS)
@in_workspace
async def contacts(request: WebRequest) -> Response[Any]:
    return await contact_list(request, "/contacts", "contacts/page.html.j2")


@get("/contacts/total", right=Right.VIEW_CONTACTS)
@in_workspace
async def total(request: WebRequest) -> Response[Any]:
    """The list asks for it when it is shown already."""
    chosen = filter_of(chosen_of(request.query_params), signed_in(request).id)
    return page(request, "contacts/total.html.j2", total=await quick_total(chosen), most=COUNTED)


@post("/contacts/columns", right=Right.VIEW_CONTACTS, status_code=200)
@in_workspace
async def choose_columns(request: WebRequest) -> Response[Any]:
    """Of the list named `view`; back to where the list was."""
    form = await Form.of(request)
    view = form.text("view") if form.text("view") in USUAL else "contacts"
    rows = int(form.text("rows")) if form.text("rows").isascii() and form.text("rows").isdigit() else 0
    look = USUAL[view] if form.ticked("usual") else ListLook([str(one) for one in form.many("columns")], rows)
    await prefer(signed_in(request).id, preference(view), tidy(look, await every_custom_field()))
    back = form.text("back")
    return to(request, back if back.startswith(("/contacts?", "/bases/")) else "/contacts")


ROUTES = [contacts, total, choose_columns]
