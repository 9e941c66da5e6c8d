"""Start, pause, resume and stop. Runs inside an open workspace transaction; running calls are left to end.

Whoever starts or resumes calls `wake.mark_dialing()` before that transaction, so that the clock knows of the work.
"""

from uuid import UUID

from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import Conflict
from ringyard.kit.text import N_, _
from tenants.campaigns.fields import CampaignFields, CampaignView
from tenants.campaigns.service import campaign, locked
from tenants.campaigns.states import Refused, Verb, after, begins
from tenants.campaigns.wake import wake
from tenants.context import current
from tenants.events import emit
from tenants.jobs import enqueue
from tenants.scenarios.destinations import NOT_YET

EVENTS: dict[Verb, str] = {
    "start": "campaign.started",
    "pause": "campaign.paused",
    "resume": "campaign.resumed",
    "stop": "campaign.stopped",
}
_REFUSALS: dict[Verb, str] = {
    "start": N_("A paused campaign is resumed, not started again."),
    "pause": N_("Only a running campaign can be paused."),
    "resume": N_("Only a paused campaign can be resumed."),
    "stop": N_("Only a running or paused campaign can be stopped."),
}


async def move(campaign_id: UUID, verb: Verb) -> CampaignView:
    """Raises NotFound, and Conflict with what is in the way. Asking twice changes nothing."""
    state, fields = await locked(campaign_id)
    try:
        following = after(verb, state)
    except Refused as refused:
        raise Conflict(_(_REFUSALS[verb])) from refused
    if following != state:
        await _carry_out(campaign_id, verb, fields)
    return await campaign(campaign_id)


async def _carry_out(campaign_id: UUID, verb: Verb, fields: CampaignFields) -> None:
    if begins(verb):
        await _check_ready(fields)
        await _begin(campaign_id, anew=verb == "start")
    else:
        await connection().execute(
            "update campaigns set state = $2, pause_reason = null where id = $1",
            campaign_id, "paused" if verb == "pause" else "stopped",
        )  # fmt: skip
    schema = current().schema
    emit(EVENTS[verb], campaign_id=campaign_id)
    after_commit(lambda: wake(schema))


async def _begin(campaign_id: UUID, *, anew: bool) -> None:
    """Started anew, the base is read again: contacts added since come in, those already in keep their place."""
    await connection().execute(
        """update campaigns
           set state = 'running', pause_reason = null, silent_streak = 0, finished_at = null,
               started_at = case when $2 then now() else started_at end,
               enrolled_at = case when $2 then null else enrolled_at end
           where id = $1""",
        campaign_id, anew,
    )  # fmt: skip
    enqueue("enrol", campaign_id=str(campaign_id))
    enqueue("dial")


async def _check_ready(fields: CampaignFields) -> None:
    if fields.mode != "broadcast":
        raise Conflict(_("Only broadcast campaigns can be started as yet. Change the mode to broadcast."))
    [row] = await connection().fetch(
        """select s.active, s.destination_kind, t.kind from scenarios s cross join trunks t
           where s.id = $1 and t.id = $2""",
        fields.scenario_id, fields.trunk_id,
    )  # fmt: skip
    if not row["active"]:
        raise Conflict(_("The scenario is not active. Make it active first."))
    if row["destination_kind"] in NOT_YET:
        raise Conflict(_("Queues and IVRs cannot take calls as yet. Choose another destination in the scenario."))
    if row["kind"] == "register":
        raise Conflict(_("Registering trunks cannot be used as yet. Choose a trunk by IP or the sandbox."))
