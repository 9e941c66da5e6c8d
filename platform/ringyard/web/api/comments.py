"""`/contacts/{id}/comments`: what people write on a contact's card."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.comments import service
from tenants.comments.service import CommentChange, CommentFields, CommentView


class CommentController(Controller):
    path = "/contacts/{contact_id:uuid}/comments"
    tags = ["Contacts"]

    @get("/", right=Right.VIEW_CONTACTS, summary="The comments on a contact, newest first")
    @in_workspace
    async def list_comments(
        self, contact_id: FromPath[UUID], limit: Limit = 50, cursor: Cursor = None
    ) -> Page[CommentView]:
        return await service.list_comments(contact_id, limit, cursor)

    @post("/", right=Right.EDIT_CONTACTS, summary="Write a comment")
    @in_workspace
    async def create(
        self, request: WebRequest, contact_id: FromPath[UUID], data: JSONBody[CommentFields]
    ) -> CommentView:
        return await service.add_comment(contact_id, data, signed_in(request).id)

    @patch("/{comment_id:uuid}", right=Right.EDIT_CONTACTS, summary="Write one's own comment anew")
    @in_workspace
    async def change(
        self, request: WebRequest, contact_id: FromPath[UUID], comment_id: FromPath[UUID], data: JSONBody[CommentChange]
    ) -> CommentView:
        return await service.change_comment(contact_id, comment_id, data, signed_in(request).id)

    @delete("/{comment_id:uuid}", right=Right.EDIT_CONTACTS, summary="Delete one's own comment, an administrator any")
    @in_workspace
    async def remove(self, request: WebRequest, contact_id: FromPath[UUID], comment_id: FromPath[UUID]) -> None:
        user = signed_in(request)
        await service.delete_comment(contact_id, comment_id, user.id, user.can(Right.DELETE_ANY_COMMENT))
