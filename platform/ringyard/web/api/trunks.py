"""`/trunks`: the ways out to carriers; a password is written and never shown."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.trunks import service
from tenants.trunks.fields import TrunkChange, TrunkFields, TrunkView


class TrunkController(Controller):
    path = "/trunks"
    tags = ("Trunks",)

    @get("/", right=Right.VIEW_TELEPHONY, summary="The trunks by name")
    @in_workspace
    async def list_trunks(self, limit: Limit = 50, cursor: Cursor = None) -> Page[TrunkView]:
        return await service.list_trunks(limit, cursor)

    @post("/", right=Right.EDIT_TELEPHONY, summary="Make a trunk")
    @in_workspace
    async def create(self, data: JSONBody[TrunkFields]) -> TrunkView:
        return await service.create_trunk(data)

    @get("/{trunk_id:uuid}", right=Right.VIEW_TELEPHONY, summary="One trunk")
    @in_workspace
    async def show(self, trunk_id: FromPath[UUID]) -> TrunkView:
        return await service.trunk(trunk_id)

    @patch("/{trunk_id:uuid}", right=Right.EDIT_TELEPHONY, summary="Change the fields that are named")
    @in_workspace
    async def change(self, trunk_id: FromPath[UUID], data: JSONBody[TrunkChange]) -> TrunkView:
        return await service.change_trunk(trunk_id, data)

    @delete("/{trunk_id:uuid}", right=Right.EDIT_TELEPHONY, summary="Delete a trunk that nothing uses")
    @in_workspace
    async def remove(self, trunk_id: FromPath[UUID]) -> None:
        await service.delete_trunk(trunk_id)
