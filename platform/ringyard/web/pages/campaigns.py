"""Campaigns: the list, the form, and the page of one with its live counters and its buttons."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import ServerSentEvent

from ringyard.accounts.rights import Right
from ringyard.web.api.campaigns import moved
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.live import stream
from ringyard.web.rendering import page, render
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.transactional import in_workspace
from ringyard.web.words import CAMPAIGN_STATES, MODES, options
from tenants.calls.search import CallFilter, CallLine, search_lines
from tenants.campaigns import service
from tenants.campaigns.fields import CampaignChange, CampaignFields, CampaignView
from tenants.campaigns.overview import Pace, Parts, choices, pace_of, parts_of
from tenants.campaigns.states import State, Verb, verbs

RECENT = 12
PARTS = ("state", "actions", "counters", "reasons", "results", "recent")


class Watched(msgspec.Struct, frozen=True):
    """All that the page of one campaign shows."""

    campaign: CampaignView
    parts: Parts
    pace: Pace
    recent: list[CallLine]
    verbs: list[Verb]


@get("/campaigns", right=Right.VIEW_CAMPAIGNS)
@in_workspace
async def campaigns(
    request: WebRequest,
    cursor: Annotated[str | None, QueryParameter()] = None,
    chosen: Annotated[str | None, QueryParameter(name="state")] = None,
) -> Response[Any]:
    found = await service.list_campaigns(25, cursor, chosen or None)
    parts = await parts_of([campaign.id for campaign in found.items])
    template = "campaigns/list.html.j2" if is_htmx(request) else "campaigns/page.html.j2"
    return page(
        request, template, found=found, parts=parts, chosen=chosen, cursor=cursor, states=options(CAMPAIGN_STATES)
    )


@get("/campaigns/new", right=Right.EDIT_CAMPAIGNS)
async def new_campaign(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/campaigns/new", right=Right.EDIT_CAMPAIGNS, status_code=200)
async def create_campaign(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/campaigns/{campaign_id:uuid}/edit", right=Right.EDIT_CAMPAIGNS)
async def edit_campaign(request: WebRequest, campaign_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), campaign_id)


@post("/campaigns/{campaign_id:uuid}/edit", right=Right.EDIT_CAMPAIGNS, status_code=200)
async def change_campaign(request: WebRequest, campaign_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, campaign_id=campaign_id))(_change)(request, campaign_id)


@get("/campaigns/{campaign_id:uuid}", right=Right.VIEW_CAMPAIGNS)
async def campaign(request: WebRequest, campaign_id: FromPath[UUID]) -> Response[Any]:
    return page(request, "campaign/page.html.j2", watched=await _watched(campaign_id))


@get("/campaigns/{campaign_id:uuid}/live", right=Right.VIEW_CAMPAIGNS)
async def campaign_live(request: WebRequest, campaign_id: FromPath[UUID]) -> ServerSentEvent:
    await _watched(campaign_id)

    async def fragments() -> dict[str, str]:
        watched = await _watched(campaign_id)
        return {part: render(request, f"campaign/{part}.html.j2", watched=watched) for part in PARTS}

    return stream(request, fragments)


@post("/campaigns/{campaign_id:uuid}/{verb:str}", right=Right.RUN_CAMPAIGNS, status_code=200)
async def move_campaign(request: WebRequest, campaign_id: FromPath[UUID], verb: FromPath[Verb]) -> Response[Any]:
    await moved(campaign_id, verb)
    return to(request, f"/campaigns/{campaign_id}")


@in_workspace
async def _watched(campaign_id: UUID) -> Watched:
    shown = await service.campaign(campaign_id)
    parts = await parts_of([campaign_id])
    recent = await search_lines(CallFilter(campaign_id=campaign_id), RECENT)
    state: State = shown.state
    return Watched(shown, parts[campaign_id], await pace_of(campaign_id), recent.items, verbs(state))


@in_workspace
async def _show_form(request: WebRequest, form: Form, campaign_id: UUID | None = None) -> Response[Any]:
    shown = await service.campaign(campaign_id) if campaign_id else None
    return page(
        request, "campaigns/form.html.j2", form=form, campaign=shown, choices=await choices(), modes=options(MODES)
    )


async def _typed(request: WebRequest) -> CampaignFields:
    form = await Form.of(request)
    names = ("name", "base_id", "scenario_id", "trunk_id", "mode", "max_channels", "max_cps", "caller_id")
    return filled(CampaignFields, {**{name: form.text(name) for name in names}, "record": form.ticked("record")})


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    made = await service.create_campaign(await _typed(request))
    return to(request, f"/campaigns/{made.id}")


@in_workspace
async def _change(request: WebRequest, campaign_id: UUID) -> Response[Any]:
    typed = msgspec.structs.asdict(await _typed(request))
    typed.pop("abandon_limit")
    await service.change_campaign(campaign_id, CampaignChange(**typed))
    return to(request, f"/campaigns/{campaign_id}")


ROUTES = [
    campaigns, new_campaign, create_campaign, edit_campaign, change_campaign, campaign, campaign_live, move_campaign,
]  # fmt: skip
