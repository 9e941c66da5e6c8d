"""The first page: load now and today, calls per hour, bases, running campaigns; live."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.response import ServerSentEvent

from ringyard.accounts.rights import Right
from ringyard.kit.clock import now
from ringyard.web.live import stream
from ringyard.web.rendering import page, render
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.calls import stats
from tenants.calls.search import CallFilter, CallLine, search_lines
from tenants.campaigns.fields import CampaignView
from tenants.campaigns.overview import Parts, parts_of
from tenants.campaigns.service import list_campaigns


class Board(msgspec.Struct, frozen=True):
    load: stats.Load
    hours: list[stats.Hour]
    bases: list[stats.BaseLoad]
    campaigns: list[CampaignView]
    parts: dict[UUID, Parts]
    recent: list[CallLine]


PARTS = ("counters", "hours", "bases", "campaigns", "recent")
RECENT = 5


@get("/", right=Right.VIEW_DASHBOARD)
async def dashboard(request: WebRequest) -> Response[Any]:
    return page(request, "dashboard/page.html.j2", board=await _board(request))


@get("/live", right=Right.VIEW_DASHBOARD)
async def dashboard_live(request: WebRequest) -> ServerSentEvent:
    async def fragments() -> dict[str, str]:
        board = await _board(request)
        return {part: render(request, f"dashboard/{part}.html.j2", board=board) for part in PARTS}

    return stream(request, fragments)


@in_workspace
async def _board(request: WebRequest) -> Board:
    """Campaigns only for those who may see them."""
    at = now()
    campaigns = (await list_campaigns(8, state="running")).items if signed_in(request).can(Right.VIEW_CAMPAIGNS) else []
    return Board(
        await stats.load(at),
        await stats.hours(at),
        await stats.bases(at),
        campaigns,
        await parts_of([campaign.id for campaign in campaigns]),
        (await search_lines(CallFilter(), RECENT)).items,
    )


ROUTES = [dashboard, dashboard_live]
