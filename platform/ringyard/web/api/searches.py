"""`/searches`: searches of contacts saved under a name, one's own and shared ones."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.searches import service
from tenants.searches.fields import SearchChange, SearchFields, SearchView


class SearchController(Controller):
    path = "/searches"
    tags = ["Contacts"]

    @get("/", right=Right.VIEW_CONTACTS, summary="Saved searches: one's own and shared ones")
    @in_workspace
    async def list_searches(self, request: WebRequest) -> Page[SearchView]:
        """All on one page."""
        return Page(await service.list_searches(signed_in(request).id))

    @post("/", right=Right.VIEW_CONTACTS, summary="Save a search")
    @in_workspace
    async def create(self, request: WebRequest, data: JSONBody[SearchFields]) -> SearchView:
        return await service.save_search(data, signed_in(request).id)

    @get("/{search_id:uuid}", right=Right.VIEW_CONTACTS, summary="One saved search")
    @in_workspace
    async def show(self, request: WebRequest, search_id: FromPath[UUID]) -> SearchView:
        return await service.search(search_id, signed_in(request).id)

    @patch("/{search_id:uuid}", right=Right.VIEW_CONTACTS, summary="Rename, share or change one's own search")
    @in_workspace
    async def change(self, request: WebRequest, search_id: FromPath[UUID], data: JSONBody[SearchChange]) -> SearchView:
        return await service.change_search(search_id, data, signed_in(request).id)

    @delete("/{search_id:uuid}", right=Right.VIEW_CONTACTS, summary="Delete one's own search")
    @in_workspace
    async def remove(self, request: WebRequest, search_id: FromPath[UUID]) -> None:
        await service.delete_search(search_id, signed_in(request).id)
