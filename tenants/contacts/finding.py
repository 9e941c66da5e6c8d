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
from tenants.contacts.conditions import Conditions, conditions_of
from tenants.contacts.filters import ContactFilter
from tenants.contacts.ordering import Ordering, piece
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
    parts = ["select id from contacts", f"select id from contacts where {conditions.expected}"]
    if conditions.texts:
        parts.append(f"({conditions.candidates})")
    plan = await connection().fetchval(f"explain (format json) {' union all '.join(parts)}", *conditions.values)
    rows = [one["Plan Rows"] for one in msgspec.json.decode(plan)[0]["Plan"]["Plans"]]
    return Outlook(by=order.by, total=rows[0], by_filter=rows[1], by_text=rows[2] if conditions.texts else None)


async def _gone(way: Way, chosen: ContactFilter, order: Ordering, count: int) -> Found:
    conditions = conditions_of(chosen, current().country)
    seen, hits = _WAYS[way.kind](conditions, chosen, order)
    by, fence = order.sorted("sort_key", "id"), f"limit {way.fence}" if way.fence else ""
    row = await connection().fetchrow(
        f"""with seen as materialized ({seen} {fence}),
                 page as materialized (select {hits} order by {by} limit {count})
            select (select count(*) from seen) as looked_at, array(select id from page order by {by}) as ids,
                   array(select sort_key from page order by {by}) as keys""",
        *conditions.values,
    )
    assert row is not None
    in_order = way.kind == "walk" and len(row["ids"]) == count
    return Found(row["ids"], row["keys"], row["looked_at"], in_order or not way.fence or row["looked_at"] < way.fence)


def _walk(found: Conditions, chosen: ContactFilter, order: Ordering) -> tuple[str, str]:
    """The query of what is looked at, and of what is taken out of it."""
    source = "contact_texts t" if order.by == "name" else "contacts"
    seen = f"""select *, {order.key} as sort_key from {source} where {piece(found, chosen, order.by)}
               and {order.beyond(found)} order by {order.sorted(order.key, order.id)}"""
    if order.by == "name":
        contacts = "seen t join contacts on id = t.contact_id"
        return seen, f"id, sort_key from {contacts} where {found.filters} and {found.beside_text}"
    return seen, f"id, sort_key from seen contacts where {found.filters} and {found.text_alone}"


def _from_filter(found: Conditions, chosen: ContactFilter, order: Ordering) -> tuple[str, str]:
    if order.by == "name":
        seen = f"select id from contacts where {found.filters}"
        texts = "join contact_texts t on t.contact_id = id"
        return (
            seen,
            f"id, {order.key} as sort_key from seen {texts} where {found.beside_text} and {order.beyond(found)}",
        )
    seen = f"select id, {order.key} as sort_key from contacts where {found.filters} and {order.beyond(found)}"
    return seen, f"id, sort_key from seen where {found.text_alone}"


def _from_text(found: Conditions, chosen: ContactFilter, order: Ordering) -> tuple[str, str]:
    if order.by != "name":
        contacts = f"seen join contacts on id = seen.contact_id where {found.filters} and {order.beyond(found)}"
        return found.candidates, f"id, {order.key} as sort_key from {contacts}"
    texts = f"t.contact_id in ({found.candidates})" if found.numbers else " and ".join(found.texts)
    seen = f"select t.contact_id, {order.key} as sort_key from contact_texts t where {texts} and {order.beyond(found)}"
    if found.filters == "true":
        return seen, "contact_id as id, sort_key from seen"
    return seen, f"id, sort_key from seen join contacts on id = seen.contact_id where {found.filters}"


_WAYS = {"walk": _walk, "filter": _from_filter, "text": _from_text}
