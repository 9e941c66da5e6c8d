"""`/bases`: the lists that contacts belong to."""

from uuid import UUID

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.bases import service
from tenants.bases.fields import BaseChange, BaseFields, BaseView


class GroupChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    group: str
    name: str


class GroupRenamed(msgspec.Struct, frozen=True):
    """How many bases were in it."""

    bases: int


class BaseController(Controller):
    path = "/bases"
    tags = ["Bases"]

    @get("/", right=Right.VIEW_CONTACTS, summary="The bases by name")
    @in_workspace
    async def list_bases(self, limit: Limit = 50, cursor: Cursor = None) -> Page[BaseView]:
        return await service.list_bases(limit, cursor)

    @post("/", right=Right.EDIT_LISTS, summary="Make a base")
    @in_workspace
    async def create(self, data: JSONBody[BaseFields]) -> BaseView:
        return await service.create_base(data)

    @post("/groups", right=Right.EDIT_LISTS, summary="Rename a group of bases", status_code=200)
    @in_workspace
    async def rename_group(self, data: JSONBody[GroupChange]) -> GroupRenamed:
        """A name that another group has joins the two."""
        return GroupRenamed(bases=await service.rename_group(data.group, data.name))

    @get("/{base_id:uuid}", right=Right.VIEW_CONTACTS, summary="One base")
    @in_workspace
    async def show(self, base_id: FromPath[UUID]) -> BaseView:
        return await service.base(base_id)

    @patch("/{base_id:uuid}", right=Right.EDIT_LISTS, summary="Change the fields that are named")
    @in_workspace
    async def change(self, base_id: FromPath[UUID], data: JSONBody[BaseChange]) -> BaseView:
        return await service.change_base(base_id, data)

    @delete("/{base_id:uuid}", right=Right.EDIT_LISTS, summary="Delete a base without contacts and campaigns")
    @in_workspace
    async def remove(self, base_id: FromPath[UUID]) -> None:
        await service.delete_base(base_id)
