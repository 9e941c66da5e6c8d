"""Which contacts stand on a page of a list, quickly for every filter, whatever the planner believes of them.

Two ways lead to a page. A walk goes through the list in its order and keeps what the filter lets through: quick where
many contacts match. Gathering collects all that match, from the text or from the other filters, and sorts them: quick
where either finds few. Estimates of joined filters are wrong by orders of magnitude, so each way is fenced: it ends
after so many rows, and the next best is taken. Runs inside an open workspace transaction.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from tenants.contacts.conditions import conditions_of
from tenants.contacts.filters import ContactFilter
from tenants.contacts.ordering import Ordering, piece
from tenants.contacts.reading import from_filter, from_text, walk
from tenants.contacts.ways import Outlook, Way, next_way
from tenants.context import current


@dataclass(frozen=True, slots=True)
class Found:
    """Ids and the keys they are sorted by, as they were read. `sure`: no fence was in the way."""

    ids: list[UUID]
    keys: list[Any]
    looked_at: int
    sure: bool


async def find(chosen: ContactFilter, order: Ordering, count: int) -> Found:
    """Up to `count` contacts from the order's place on."""
    outlook = await _outlook(chosen, order)
    found = Found([], [], 0, sure=False)
    while not found.sure:
        way = next_way(outlook, count)
        found = await _gone(way, chosen, order, count)
        outlook = outlook.after(way, found.looked_at, len(found.ids))
    return found


async def _outlook(chosen: ContactFilter, order: Ordering) -> Outlook:
    """What the planner expects of the filters and of the text: each by itself is not far off."""
    conditions = conditions_of(chosen, current().country)
    walked = "contact_texts t" if order.by == "name" else "contacts"
    parts = [
        "select id from contacts",
        f"select id from contacts where {conditions.expected}",
        f"select {order.id} from {walked} where {piece(conditions, chosen, order.by)}",
    ]
    if conditions.texts:
        parts.append(f"({conditions.candidates})")
    plan = await connection().fetchval(f"explain (format json) {' union all '.join(parts)}", *conditions.values)
    rows = [one["Plan Rows"] for one in msgspec.json.decode(plan)[0]["Plan"]["Plans"]]
    by_text = rows[3] if conditions.texts else None
    return Outlook(by=order.by, total=rows[0], by_filter=rows[1], by_text=by_text, piece=rows[2])


async def _gone(way: Way, chosen: ContactFilter, order: Ordering, count: int) -> Found:
    conditions = conditions_of(chosen, current().country)
    if way.kind == "walk" and way.fence is not None:
        query = walk(conditions, chosen, order, way.fence, count)
    elif way.kind == "text":
        query = from_text(conditions, chosen, order, way, count)
    else:
        query = from_filter(conditions, order, way, count)
    row = await connection().fetchrow(query, *conditions.values)
    assert row is not None
    in_order = way.kind == "walk" and len(row["ids"]) == count
    return Found(row["ids"], row["keys"], row["looked_at"], in_order or not way.fence or row["looked_at"] < way.fence)
