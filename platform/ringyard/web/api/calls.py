"""`/calls`: every call attempt, newest first."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath, FromQuery, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.calls.search import CallFilter, CallView, Direction, Result, call, search


class CallController(Controller):
    path = "/calls"
    tags = ("Calls",)

    @get("/", right=Right.VIEW_CALLS, summary="Calls, newest first")
    @in_workspace
    async def list_calls(
        self,
        limit: Limit = 50,
        cursor: Cursor = None,
        campaign_id: FromQuery[UUID | None] = None,
        contact_id: FromQuery[UUID | None] = None,
        agent_id: FromQuery[UUID | None] = None,
        base_id: FromQuery[UUID | None] = None,
        direction: FromQuery[Direction | None] = None,
        result: FromQuery[Result | None] = None,
        since: Annotated[datetime | None, QueryParameter(name="from", description="Reserved at or after")] = None,
        before: Annotated[datetime | None, QueryParameter(name="to", description="Reserved before")] = None,
    ) -> Page[CallView]:
        wanted = CallFilter(
            campaign_id=campaign_id,
            contact_id=contact_id,
            agent_id=agent_id,
            base_id=base_id,
            direction=direction,
            result=result,
            since=_aware(since),
            before=_aware(before),
        )
        return await search(wanted, limit, cursor)

    @get("/{call_id:uuid}", right=Right.VIEW_CALLS, summary="One call")
    @in_workspace
    async def show(self, call_id: FromPath[UUID]) -> CallView:
        return await call(call_id)


def _aware(moment: datetime | None) -> datetime | None:
    """A time without an offset is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
