"""`/handouts`: contacts in an agent's hands; `/dialing-limits`: how many at one time, and when they go back."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.handouts import service
from tenants.handouts.fields import Handed, Handout, Wanted
from tenants.handouts.taking import hand_out
from tenants.workspace_settings.fields import DialingLimits, LimitsChange
from tenants.workspace_settings.service import change_dialing_limits, dialing_limits


def whose(request: WebRequest, agent_id: UUID | None) -> UUID | None:
    """Supervisors see everybody's and may name one agent; everybody else sees their own."""
    user = signed_in(request)
    return agent_id if user.can(Right.RELEASE_NUMBERS) else user.id


class HandoutController(Controller):
    path = "/handouts"
    tags = ("Dialing list",)

    @get("/", right=Right.MAKE_CALLS, summary="Contacts in agents' hands; operators see their own")
    @in_workspace
    async def list_handouts(
        self, request: WebRequest, agent_id: FromQuery[UUID | None] = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[Handout]:
        return await service.list_handouts(whose(request, agent_id), limit, cursor)

    @post("/", right=Right.MAKE_CALLS, summary="Get numbers to call; campaigns leave them alone meanwhile")
    @in_workspace
    async def take(self, request: WebRequest, data: JSONBody[Wanted]) -> Handed:
        return await hand_out(signed_in(request).id, data)

    @delete("/", right=Right.MAKE_CALLS, summary="Give all back; supervisors may name an agent")
    @in_workspace
    async def give_all_back(self, request: WebRequest, agent_id: FromQuery[UUID | None] = None) -> None:
        await service.give_all_back(whose(request, agent_id) or signed_in(request).id)

    @delete("/{contact_id:uuid}", right=Right.MAKE_CALLS, summary="Give one back; supervisors anybody's")
    @in_workspace
    async def give_back(self, request: WebRequest, contact_id: FromPath[UUID]) -> None:
        await service.give_back(contact_id, whose(request, None))


class LimitsController(Controller):
    path = "/dialing-limits"
    tags = ("Dialing list",)

    @get("/", right=Right.MAKE_CALLS, summary="How many numbers an agent may hold, and when undialed ones go back")
    @in_workspace
    async def show(self) -> DialingLimits:
        return await dialing_limits()

    @patch("/", right=Right.EDIT_SETTINGS, summary="Change the limits that are named")
    @in_workspace
    async def change(self, data: JSONBody[LimitsChange]) -> DialingLimits:
        return await change_dialing_limits(data)
