"""`/outcomes`: what agents say came of a call."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.outcomes import service
from tenants.outcomes.fields import OutcomeChange, OutcomeFields, OutcomeView


class OutcomeController(Controller):
    path = "/outcomes"
    tags = ["Outcomes"]

    @get("/", right=Right.VIEW_CONTACTS, summary="The outcomes by position")
    @in_workspace
    async def list_outcomes(self, limit: Limit = 50, cursor: Cursor = None) -> Page[OutcomeView]:
        return await service.list_outcomes(limit, cursor)

    @post("/", right=Right.EDIT_LISTS, summary="Make an outcome")
    @in_workspace
    async def create(self, data: JSONBody[OutcomeFields]) -> OutcomeView:
        return await service.create_outcome(data)

    @get("/{outcome_id:uuid}", right=Right.VIEW_CONTACTS, summary="One outcome")
    @in_workspace
    async def show(self, outcome_id: FromPath[UUID]) -> OutcomeView:
        return await service.outcome(outcome_id)

    @patch("/{outcome_id:uuid}", right=Right.EDIT_LISTS, summary="Change the fields that are named")
    @in_workspace
    async def change(self, outcome_id: FromPath[UUID], data: JSONBody[OutcomeChange]) -> OutcomeView:
        return await service.change_outcome(outcome_id, data)

    @delete("/{outcome_id:uuid}", right=Right.EDIT_LISTS, summary="Delete an outcome that no contact has")
    @in_workspace
    async def remove(self, outcome_id: FromPath[UUID]) -> None:
        await service.delete_outcome(outcome_id)
