"""`/custom-fields`: what a workspace wants to know of its contacts."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.custom_fields import service
from tenants.custom_fields.fields import CustomFieldChange, CustomFieldFields, CustomFieldView


class CustomFieldController(Controller):
    path = "/custom-fields"
    tags = ["Custom fields"]

    @get("/", right=Right.VIEW_CONTACTS, summary="The own fields of contacts in their order")
    @in_workspace
    async def list_custom_fields(self, limit: Limit = 50, cursor: Cursor = None) -> Page[CustomFieldView]:
        return await service.list_custom_fields(limit, cursor)

    @post("/", right=Right.EDIT_LISTS, summary="Make a field")
    @in_workspace
    async def create(self, data: JSONBody[CustomFieldFields]) -> CustomFieldView:
        return await service.create_custom_field(data)

    @get("/{custom_field_id:uuid}", right=Right.VIEW_CONTACTS, summary="One field")
    @in_workspace
    async def show(self, custom_field_id: FromPath[UUID]) -> CustomFieldView:
        return await service.custom_field(custom_field_id)

    @patch("/{custom_field_id:uuid}", right=Right.EDIT_LISTS, summary="Change the fields that are named")
    @in_workspace
    async def change(self, custom_field_id: FromPath[UUID], data: JSONBody[CustomFieldChange]) -> CustomFieldView:
        return await service.change_custom_field(custom_field_id, data)

    @delete("/{custom_field_id:uuid}", right=Right.EDIT_LISTS, summary="Delete a field; values stay, unseen")
    @in_workspace
    async def remove(self, custom_field_id: FromPath[UUID]) -> None:
        await service.delete_custom_field(custom_field_id)
