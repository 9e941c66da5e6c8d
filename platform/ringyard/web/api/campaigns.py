"""`/campaigns`: a base called by a scenario through a trunk, and the verbs that start and stop it."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right, Service
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.campaigns import service
from tenants.campaigns.fields import CampaignChange, CampaignFields, CampaignView
from tenants.campaigns.moving import move
from tenants.campaigns.standing import Dialing, dialing_of
from tenants.campaigns.states import Verb, begins
from tenants.campaigns.wake import mark_dialing


class CampaignController(Controller):
    path = "/campaigns"
    tags = ("Campaigns",)

    @get("/", right=Right.VIEW_CAMPAIGNS, summary="The campaigns, newest first")
    @in_workspace
    async def list_campaigns(self, limit: Limit = 50, cursor: Cursor = None) -> Page[CampaignView]:
        return await service.list_campaigns(limit, cursor)

    @post("/", right=Right.EDIT_CAMPAIGNS, summary="Make a campaign")
    @in_workspace
    async def create(self, data: JSONBody[CampaignFields]) -> CampaignView:
        return await service.create_campaign(data)

    @get("/{campaign_id:uuid}", right=Right.VIEW_CAMPAIGNS, summary="One campaign")
    @in_workspace
    async def show(self, campaign_id: FromPath[UUID]) -> CampaignView:
        return await service.campaign(campaign_id)

    @patch("/{campaign_id:uuid}", right=Right.EDIT_CAMPAIGNS, summary="Change the fields that are named")
    @in_workspace
    async def change(self, campaign_id: FromPath[UUID], data: JSONBody[CampaignChange]) -> CampaignView:
        return await service.change_campaign(campaign_id, data)

    @delete("/{campaign_id:uuid}", right=Right.EDIT_CAMPAIGNS, summary="Delete a campaign that has called nobody")
    @in_workspace
    async def remove(self, campaign_id: FromPath[UUID]) -> None:
        await service.delete_campaign(campaign_id)

    @post("/{campaign_id:uuid}/start", right=Right.RUN_CAMPAIGNS, status_code=200, summary="Start dialing")
    async def start(self, campaign_id: FromPath[UUID]) -> CampaignView:
        return await moved(campaign_id, "start")

    @post(
        "/{campaign_id:uuid}/pause",
        right=Right.RUN_CAMPAIGNS,
        status_code=200,
        summary="Make no new calls for now; running calls end by themselves",
    )
    async def pause(self, campaign_id: FromPath[UUID]) -> CampaignView:
        return await moved(campaign_id, "pause")

    @post("/{campaign_id:uuid}/resume", right=Right.RUN_CAMPAIGNS, status_code=200, summary="Go on after a pause")
    async def resume(self, campaign_id: FromPath[UUID]) -> CampaignView:
        return await moved(campaign_id, "resume")

    @post(
        "/{campaign_id:uuid}/stop",
        right=Right.RUN_CAMPAIGNS,
        status_code=200,
        summary="Make no new calls; running calls end by themselves",
    )
    async def stop(self, campaign_id: FromPath[UUID]) -> CampaignView:
        return await moved(campaign_id, "stop")


class DialingController(Controller):
    path = "/contacts/{contact_id:uuid}/dialing"
    tags = ("Contacts",)

    @get("/", right=Right.VIEW_CONTACTS, summary="Why this contact is not being called now, and until when")
    async def show(self, request: WebRequest, contact_id: FromPath[UUID]) -> Dialing:
        dialing = await _dialing(contact_id)
        return dialing if Service.DIALER in signed_in(request).services else Dialing("service_inactive", None)


async def moved(campaign_id: UUID, verb: Verb) -> CampaignView:
    """The clock must know of the workspace before the campaign runs, and in a transaction of its own."""
    if begins(verb):
        await mark_dialing()
    return await _move(campaign_id, verb)


@in_workspace
async def _move(campaign_id: UUID, verb: Verb) -> CampaignView:
    return await move(campaign_id, verb)


@in_workspace
async def _dialing(contact_id: UUID) -> Dialing:
    return await dialing_of(contact_id)
