"""Lists of contacts on pages: filters out of the address, and everything the list's template shows."""

from datetime import date, datetime, time, timedelta
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response

from ringyard.web.formats import zone
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.words import STATUSES, options
from tenants.contacts.choices import list_choices
from tenants.contacts.fields import Status
from tenants.contacts.filters import ContactFilter, Sort
from tenants.contacts.search import list_contacts
from tenants.contacts.totals import COUNTED, quick_total

FILTERS = ("q", "status", "base_id", "category_id", "agent_id", "outcome_id", "from", "to")
_PAGE = 50


async def contact_list(
    request: WebRequest, at: str, template: str, base_id: UUID | None = None, **values: Any
) -> Response[Any]:
    """The part for htmx, else the whole page; `at` is the list's address. Runs inside a workspace transaction."""
    chosen = {name: request.query_params.get(name, "").strip() for name in FILTERS}
    wanted = _filter(chosen, base_id)
    cursor, sort = request.query_params.get("cursor") or None, _sort(request.query_params.get("sort", ""))
    found = await list_contacts(wanted, _PAGE, cursor, sort)
    filtered = urlencode({name: value for name, value in chosen.items() if value})
    return page(
        request, "contacts/list.html.j2" if is_htmx(request) else template, found=found, at=at, chosen=chosen,
        filtered=filtered, sort=sort, cursor=cursor, total=(await quick_total(wanted)).count, most=COUNTED,
        choices=await list_choices(), statuses=options(STATUSES), in_base=base_id, **values,
    )  # fmt: skip


def _filter(chosen: dict[str, str], base_id: UUID | None) -> ContactFilter:
    """What cannot be read is no filter; days are whole days of the workspace's clock."""
    return ContactFilter(
        base_id=base_id or _id(chosen["base_id"]),
        category_id=_id(chosen["category_id"]),
        agent_id=_id(chosen["agent_id"]),
        outcome_id=_id(chosen["outcome_id"]),
        status=chosen["status"] if chosen["status"] in get_args(Status) else None,  # type: ignore[arg-type]
        modified_from=_midnight(chosen["from"], 0),
        modified_to=_midnight(chosen["to"], 1),
        q=chosen["q"][:200],
    )


def _sort(text: str) -> Sort:
    return text if text in get_args(Sort) else "-modified"  # type: ignore[return-value]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _midnight(text: str, ahead: int) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=ahead), time.min, zone())
    except (ValueError, OverflowError):
        return None
