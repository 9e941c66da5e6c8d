"""What can be done with the comments on a contact. Runs inside an open workspace transaction."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Forbidden, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.comments.tables import Comment
from tenants.events import emit

LONGEST = 5000
_SHOWN = """m.id, m.contact_id, m.user_id, u.name as author, m.text, m.created_at, m.changed_at
            from contact_comments m left join users u on u.id = m.user_id"""


class CommentFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: str


class CommentChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: str | UnsetType = UNSET


class CommentView(msgspec.Struct, frozen=True, kw_only=True):
    """`changed_at` is null until its author writes it anew."""

    id: UUID
    contact_id: UUID
    user_id: UUID | None
    author: str | None
    text: str
    created_at: datetime
    changed_at: datetime | None


async def list_comments(contact_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[CommentView]:
    """Newest first. Raises NotFound."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    await _demand_contact(contact_id)
    rows = await connection().fetch(
        f"""select {_SHOWN} where m.contact_id = $1
            and ($2::timestamptz is null or (m.created_at, m.id) < ($2, $3::uuid))
            order by m.created_at desc, m.id desc limit $4""",
        contact_id, *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: CommentView(**row), lambda row: (row["created_at"], row["id"]))


async def count_comments(contact_id: UUID) -> int:
    found = await connection().fetchval("select count(*) from contact_comments where contact_id = $1", contact_id)
    return int(found)


async def comment(contact_id: UUID, comment_id: UUID) -> CommentView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} where m.contact_id = $1 and m.id = $2", contact_id, comment_id)
    if row is None:
        raise NotFound(_("There is no such comment."))
    return CommentView(**row)


async def add_comment(contact_id: UUID, fields: CommentFields, user_id: UUID) -> CommentView:
    """Raises NotFound, Invalid."""
    await _demand_contact(contact_id)
    comment_id = new_id()
    await Comment(id=comment_id, contact_id=contact_id, user_id=user_id, text=_checked(fields), created_at=now()).save()
    emit("contact.commented", id=contact_id, comment_id=comment_id)
    return await comment(contact_id, comment_id)


async def change_comment(contact_id: UUID, comment_id: UUID, change: CommentChange, user_id: UUID) -> CommentView:
    """Only its author may. Raises NotFound, Invalid, Forbidden."""
    old = await comment(contact_id, comment_id)
    if old.user_id != user_id:
        raise Forbidden(_("Only its author can change a comment."))
    text = _checked(patched(CommentFields(text=old.text), change))
    if text != old.text:
        await Comment.update({Comment.text: text, Comment.changed_at: now()}).where(Comment.id == comment_id)
    return await comment(contact_id, comment_id)


async def delete_comment(contact_id: UUID, comment_id: UUID, user_id: UUID, of_anybody: bool) -> None:
    """Its author may, and who may delete comments `of_anybody`. Raises NotFound, Forbidden."""
    old = await comment(contact_id, comment_id)
    if old.user_id != user_id and not of_anybody:
        raise Forbidden(_("Only its author or an administrator can delete a comment."))
    await Comment.delete().where(Comment.id == comment_id)


def _checked(fields: CommentFields) -> str:
    text = fields.text.strip()
    if not text:
        raise invalid("text", _("Write something first."))
    if len(text) > LONGEST:
        raise invalid("text", _("At most {most} characters.", most=LONGEST))
    return text


async def _demand_contact(contact_id: UUID) -> None:
    if not await connection().fetchval("select exists (select from contacts where id = $1)", contact_id):
        raise NotFound(_("There is no such contact."))
