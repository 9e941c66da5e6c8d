"""Lists of contacts by filter, text and sort, and all that a list holds. Runs inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from tenants.contacts.conditions import conditions_of
from tenants.contacts.fields import ContactView
from tenants.contacts.filters import ContactFilter, Sort
from tenants.contacts.finding import find
from tenants.contacts.limits import limited
from tenants.contacts.ordering import cursor_of, ordering
from tenants.contacts.rows import COLUMNS, with_phones
from tenants.context import current


class ContactPage(msgspec.Struct, frozen=True):
    """`previous_cursor` is the page before this one; null on the first."""

    items: list[ContactView]
    next_cursor: str | None = None
    previous_cursor: str | None = None


async def list_contacts(
    chosen: ContactFilter, limit: int = 50, cursor: str | None = None, sort: Sort = "-modified"
) -> ContactPage:
    """Raises Invalid for a foreign cursor and for a search that takes too long."""
    order = ordering(sort, cursor)
    async with limited():
        found = await find(chosen, order, limit + 1)
        items = await contacts_of(found.ids[:limit])
    keys = list(zip(found.keys, found.ids, strict=True))[:limit]
    more = len(found.ids) > limit
    if order.before:
        items.reverse()
        keys.reverse()
    if not keys:
        return ContactPage([])
    forth, back = (True, more) if order.before else (more, order.place is not None)
    return ContactPage(
        items,
        cursor_of(*keys[-1], before=False) if forth else None,
        cursor_of(*keys[0], before=True) if back else None,
    )


async def contacts_of(ids: Sequence[UUID]) -> list[ContactView]:
    """Those that are there, in the order of their ids here."""
    rows = await connection().fetch(f"select {COLUMNS} from contacts where id = any($1)", ids)
    views = {view.id: view for view in await with_phones(rows)}
    return [views[one] for one in ids if one in views]


def selected(chosen: ContactFilter, sort: Sort, ids: Sequence[UUID] | None = None) -> tuple[str, list[object]]:
    """The query of every id that the list shows, in its order, with its values; of `ids` alone where they are given."""
    conditions, order = conditions_of(chosen, current().country), ordering(sort)
    if ids is not None:
        conditions.add(f"id = any({conditions.place(list(ids))}::uuid[])")
    # A contact whose text is not written yet comes first or last, but it comes.
    texts = "left join contact_texts t on t.contact_id = id" if order.by == "name" else ""
    query = f"select id from contacts {texts} where {conditions.sql} order by {order.sorted(order.key, 'id')}"
    return query, conditions.values
