"""The calls report: filters, list, recordings, CSV."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from ringyard.accounts.rights import Right
from ringyard.web.api.recordings import stored
from ringyard.web.formats import zone
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.sounds import answer
from ringyard.web.transactional import in_workspace
from ringyard.web.words import RESULTS, options
from tenants.calls.export import lines
from tenants.calls.search import COUNTED, CallFilter, count, search_lines
from tenants.calls.search import RESULTS as KNOWN
from tenants.campaigns.overview import choices

FILTERS = ("result", "base_id", "campaign_id", "contact_id", "from", "to")
PAGE = 50


@get("/calls", right=Right.VIEW_CALLS)
@in_workspace
async def calls(request: WebRequest) -> Response[Any]:
    chosen = {name: request.query_params.get(name, "") for name in FILTERS}
    wanted, cursor = read(chosen, zone()), request.query_params.get("cursor") or None
    found = await search_lines(wanted, PAGE, cursor)
    template = "calls/list.html.j2" if is_htmx(request) else "calls/page.html.j2"
    results = [(value, label) for value, label in options(RESULTS) if value in KNOWN]
    return page(
        request, template, found=found, total=await count(wanted), most=COUNTED, chosen=chosen, cursor=cursor,
        filtered=urlencode({name: value for name, value in chosen.items() if value}), results=results,
        choices=await choices(),
    )  # fmt: skip


@get("/calls/export", right=Right.VIEW_CALLS)
async def export_calls(request: WebRequest) -> Stream:
    wanted = read({name: request.query_params.get(name, "") for name in FILTERS}, zone())
    headers = {"content-disposition": "attachment; filename=calls.csv", "cache-control": "no-store"}
    return Stream(lines(wanted), media_type="text/csv; charset=utf-8", headers=headers)


@get("/recordings/{recording_id:uuid}", right=Right.LISTEN)
async def recording_sound(request: WebRequest, recording_id: FromPath[UUID]) -> Response[Any]:
    return await answer(request, await stored(recording_id))


def read(chosen: dict[str, str], clock: ZoneInfo) -> CallFilter:
    """The filter out of an address. What cannot be read is no filter; days are whole days of the workspace's clock."""
    return CallFilter(
        result=chosen["result"] if chosen["result"] in KNOWN else None,  # type: ignore[arg-type]
        base_id=_id(chosen["base_id"]),
        campaign_id=_id(chosen["campaign_id"]),
        contact_id=_id(chosen["contact_id"]),
        since=_midnight(chosen["from"], clock, 0),
        before=_midnight(chosen["to"], clock, 1),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _midnight(text: str, clock: ZoneInfo, ahead: int) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=ahead), time.min, clock)
    except (ValueError, OverflowError):
        return None


ROUTES = [calls, export_calls, recording_sound]
