"""The audit of contacts: who changed what and when. Runs inside an open workspace transaction.

Whoever changes a contact writes here in the same transaction: the service for one contact, imports and bulk work in SQL
of their own and in the same shape.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _

Source = Literal["user", "api", "import", "bulk", "dialer", "undo"]


@dataclass(frozen=True, slots=True)
class Author:
    """On whose behalf something is changed: a person on a page (`user`) or by a token (`api`)."""

    user_id: UUID | None
    source: Source


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """`before` and `after` hold the changed fields only; a contact that was made has nothing `before`.

    `operation_id` is the import or the bulk operation that did it.
    """

    id: int
    at: datetime
    source: str
    user_id: UUID | None
    operation_id: UUID | None
    before: dict[str, Any]
    after: dict[str, Any]


_SHOWN = ", ".join(ChangeView.__struct_fields__)


async def record(
    contact_id: UUID, author: Author, before: dict[str, Any], after: dict[str, Any], operation_id: UUID | None = None
) -> None:
    """JSON values by the names of columns; `phones` are the numbers."""
    await connection().execute(
        """insert into changes (contact_id, operation_id, user_id, source, before, after)
           values ($1, $2, $3, $4, $5, $6)""",
        contact_id, operation_id, author.user_id, author.source, before, after,
    )  # fmt: skip


async def list_changes(contact_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[ChangeView]:
    """The last first. Raises NotFound."""
    after = decoded(cursor, int) if cursor else None
    if not await connection().fetchval("select exists (select from contacts where id = $1)", contact_id):
        raise NotFound(_("There is no such contact."))
    rows = await connection().fetch(
        f"""select {_SHOWN} from changes where contact_id = $1 and ($2::bigint is null or id < $2)
            order by id desc limit $3""",
        contact_id, after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: ChangeView(**row), lambda row: row["id"])
