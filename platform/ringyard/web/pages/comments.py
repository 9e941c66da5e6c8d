"""The comments feed of a client card."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.card_parts import comments_part
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from tenants.comments import service
from tenants.comments.service import CommentChange, CommentFields


@get("/contacts/{contact_id:uuid}/comments", right=Right.VIEW_CONTACTS)
@in_workspace
async def comments(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    """The next comments behind `cursor`, for the end of the list."""
    found = await comments_part(contact_id, request.query_params.get("cursor") or None)
    return page(request, "contacts/card/comment_items.html.j2", contact_id=contact_id, **found)


@post("/contacts/{contact_id:uuid}/comments", right=Right.EDIT_CONTACTS, status_code=200)
async def add_comment(request: WebRequest, contact_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_feed, contact_id=contact_id))(_add)(request, contact_id)


@get("/contacts/{contact_id:uuid}/comments/{comment_id:uuid}", right=Right.VIEW_CONTACTS)
@in_workspace
async def comment(request: WebRequest, contact_id: FromPath[UUID], comment_id: FromPath[UUID]) -> Response[Any]:
    """`?edit` with its form."""
    edited = Form() if "edit" in request.query_params else None
    return await _one(request, contact_id, comment_id, edited)


@post("/contacts/{contact_id:uuid}/comments/{comment_id:uuid}", right=Right.EDIT_CONTACTS, status_code=200)
async def change_comment(request: WebRequest, contact_id: FromPath[UUID], comment_id: FromPath[UUID]) -> Response[Any]:
    async def again(request: WebRequest, form: Form) -> Response[Any]:
        return await _form(request, contact_id, comment_id, form)

    return await shown_again(again)(_change)(request, contact_id, comment_id)


@post("/contacts/{contact_id:uuid}/comments/{comment_id:uuid}/delete", right=Right.EDIT_CONTACTS, status_code=200)
@in_workspace
async def delete_comment(request: WebRequest, contact_id: FromPath[UUID], comment_id: FromPath[UUID]) -> Response[Any]:
    user = signed_in(request)
    await service.delete_comment(contact_id, comment_id, user.id, user.can(Right.DELETE_ANY_COMMENT))
    return await _shown(request, contact_id)


@in_workspace
async def _add(request: WebRequest, contact_id: UUID) -> Response[Any]:
    form = await Form.of(request)
    await service.add_comment(contact_id, CommentFields(text=form.text("text")), signed_in(request).id)
    if not is_htmx(request):
        return to(request, f"/contacts/{contact_id}")
    return await _shown(request, contact_id, focus=True)


@in_workspace
async def _feed(request: WebRequest, form: Form, contact_id: UUID) -> Response[Any]:
    return await _shown(request, contact_id, form, focus=True)


async def _shown(request: WebRequest, contact_id: UUID, form: Form | None = None, focus: bool = False) -> Response[Any]:
    found = await comments_part(contact_id)
    return page(
        request, "contacts/card/comments.html.j2", contact_id=contact_id, form=form or Form(), focus=focus, **found
    )


@in_workspace
async def _change(request: WebRequest, contact_id: UUID, comment_id: UUID) -> Response[Any]:
    change = CommentChange(text=(await Form.of(request)).text("text"))
    await service.change_comment(contact_id, comment_id, change, signed_in(request).id)
    return await _one(request, contact_id, comment_id)


@in_workspace
async def _form(request: WebRequest, contact_id: UUID, comment_id: UUID, form: Form) -> Response[Any]:
    return await _one(request, contact_id, comment_id, form)


async def _one(request: WebRequest, contact_id: UUID, comment_id: UUID, form: Form | None = None) -> Response[Any]:
    found = await service.comment(contact_id, comment_id)
    template = "contacts/card/comment.html.j2" if form is None else "contacts/card/comment_edit.html.j2"
    return page(request, template, contact_id=contact_id, comment=found, form=form, focus=True)


ROUTES = [comments, add_comment, comment, change_comment, delete_comment]
