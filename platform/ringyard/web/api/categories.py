"""`/categories`: labels that contacts carry."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.categories import service
from tenants.categories.fields import CategoryChange, CategoryFields, CategoryView


class CategoryController(Controller):
    path = "/categories"
    tags = ["Categories"]

    @get("/", right=Right.VIEW_CONTACTS, summary="The categories by name")
    @in_workspace
    async def list_categories(self, limit: Limit = 50, cursor: Cursor = None) -> Page[CategoryView]:
        return await service.list_categories(limit, cursor)

    @post("/", right=Right.EDIT_LISTS, summary="Make a category")
    @in_workspace
    async def create(self, data: JSONBody[CategoryFields]) -> CategoryView:
        return await service.create_category(data)

    @get("/{category_id:uuid}", right=Right.VIEW_CONTACTS, summary="One category")
    @in_workspace
    async def show(self, category_id: FromPath[UUID]) -> CategoryView:
        return await service.category(category_id)

    @patch("/{category_id:uuid}", right=Right.EDIT_LISTS, summary="Change the fields that are named")
    @in_workspace
    async def change(self, category_id: FromPath[UUID], data: JSONBody[CategoryChange]) -> CategoryView:
        return await service.change_category(category_id, data)

    @delete("/{category_id:uuid}", right=Right.EDIT_LISTS, summary="Delete a category; its contacts stay")
    @in_workspace
    async def remove(self, category_id: FromPath[UUID]) -> None:
        await service.delete_category(category_id)
