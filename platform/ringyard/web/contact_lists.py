"""Lists of contacts on pages: everything the list's templates show."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response

from ringyard.web.contact_columns import PAGE_SIZES, all_columns, look_of
from ringyard.web.contact_params import address, chosen_of, filter_of, sort_of
from ringyard.web.filter_chips import chips
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.words import STATUSES, options
from tenants.contacts.choices import list_choices, recent_imports, regions
from tenants.contacts.communications import communications
from tenants.contacts.fields import ContactView
from tenants.contacts.search import ContactPage, list_contacts
from tenants.contacts.totals import COUNTED, Total
from tenants.custom_fields.service import every_custom_field
from tenants.searches.service import list_searches

# What a part brought by htmx goes without: the filters stay on the page.
_ONLY_ON_THE_PAGE: dict[str, Any] = {"imports": [], "searches": [], "open_search": None, "regions": []}


async def contact_list(
    request: WebRequest, at: str, template: str, base_id: UUID | None = None, **values: Any
) -> Response[Any]:
    """The part for htmx, else the whole page; `at` is the list's address. Runs inside a workspace transaction."""
    user_id, view = signed_in(request).id, "dialing" if base_id else "contacts"
    chosen = chosen_of(request.query_params) | ({"base_id": ""} if base_id else {})
    fields = await every_custom_field()
    look = await look_of(user_id, view, fields)
    cursor, sort = request.query_params.get("cursor") or None, sort_of(request.query_params.get("sort", ""))
    found = await list_contacts(filter_of(chosen, user_id, base_id), look.rows, cursor, sort)
    choices = await list_choices()
    around = _ONLY_ON_THE_PAGE if is_htmx(request) else await _around(user_id, chosen)
    return page(
        request, "contacts/list.html.j2" if is_htmx(request) else template, found=found, at=at, chosen=chosen,
        filtered=address(chosen), sort=sort, cursor=cursor, total=_known_total(found), most=COUNTED, in_base=base_id,
        selection=address({**chosen, "base_id": str(base_id) if base_id else chosen["base_id"]}), choices=choices,
        statuses=options(STATUSES), look=look, columns=all_columns(fields), view=view, page_sizes=PAGE_SIZES,
        times=await _times(look.columns, found.items), chips=chips(at, chosen, sort, choices),
        here=f"{at}?{urlencode(list(request.query_params.items()))}", **around, **values,
    )  # fmt: skip


async def _around(user_id: UUID, chosen: Mapping[str, str]) -> dict[str, Any]:
    searches, on = await list_searches(user_id), {name: value for name, value in chosen.items() if value}
    same = (one.id for one in searches if {**one.filter, "sort": ""} == {**on, "sort": ""})
    imports, known = await recent_imports(), await regions()
    return {"imports": imports, "searches": searches, "open_search": next(same, None), "regions": known}


def _known_total(found: ContactPage) -> Total | None:
    """A list that is all on one page needs no counting."""
    alone = not found.next_cursor and not found.previous_cursor
    return Total(len(found.items), exact=True) if alone else None


async def _times(columns: Sequence[str], contacts: Sequence[ContactView]) -> dict[UUID, int]:
    return await communications([one.id for one in contacts]) if "communications" in columns else {}
