"""`/contacts/{id}/changes` and `/favourite`: the audit of a contact, and the star that one user has given it."""

from uuid import UUID

import msgspec
from litestar import Controller, delete, get, put
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.contacts.changes import ChangeView, list_changes
from tenants.favourites.service import is_favourite, star, unstar


class Starred(msgspec.Struct, frozen=True):
    favourite: bool


class ContactExtraController(Controller):
    path = "/contacts/{contact_id:uuid}"
    tags = ("Contacts",)

    @get("/changes", right=Right.VIEW_CONTACTS, summary="Who changed what on a contact, the last first")
    @in_workspace
    async def changes(self, contact_id: FromPath[UUID], limit: Limit = 50, cursor: Cursor = None) -> Page[ChangeView]:
        return await list_changes(contact_id, limit, cursor)

    @get("/favourite", right=Right.VIEW_CONTACTS, summary="Whether the contact is one of one's favourites")
    @in_workspace
    async def favourite(self, request: WebRequest, contact_id: FromPath[UUID]) -> Starred:
        return Starred(await is_favourite(signed_in(request).id, contact_id))

    @put("/favourite", right=Right.VIEW_CONTACTS, summary="Make the contact a favourite")
    @in_workspace
    async def star(self, request: WebRequest, contact_id: FromPath[UUID]) -> Starred:
        await star(signed_in(request).id, contact_id)
        return Starred(True)

    @delete("/favourite", right=Right.VIEW_CONTACTS, summary="Take it from one's favourites")
    @in_workspace
    async def unstar(self, request: WebRequest, contact_id: FromPath[UUID]) -> None:
        await unstar(signed_in(request).id, contact_id)
