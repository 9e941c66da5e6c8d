"""The SQL of each way to a page of contacts. Pure.

Every query gives `looked_at` (rows read of at most `fence`), and the `ids` and `keys` of the page in its order. What is
known of a row by itself is checked before what another table has to tell, and only until the page is full: scalar
subqueries, which the planner can neither turn round nor ask for all rows at once.
"""

from tenants.contacts.conditions import Conditions
from tenants.contacts.filters import ContactFilter
from tenants.contacts.folding import NAME
from tenants.contacts.ordering import Ordering, piece
from tenants.contacts.ways import Way

_FILTERED = (
    "id, base_id, category_ids, responsible_id, outcome_id, status, region, email, custom, import_id, created_at, "
    "modified_at"
)
_NAMED = "t.contact_id as id, t.name, t.words"
_HAS_TEXT = "(select true from contact_texts t where t.contact_id = id)"

_FEW_ENOUGH = 120_000
"""So many contacts are looked up one by one; more of them are joined as the planner sees fit."""


def walk(found: Conditions, chosen: ContactFilter, order: Ordering, fence: int, count: int) -> str:
    """Through the list in its order, until the page is full or the row at the fence, met or not, tells of it."""
    by = order.sorted(order.key, order.id)
    if order.by == "name":
        columns, source, alias, right = _NAMED, "contact_texts t", "t", f"{found.beside_text} and {_by_id(found, 't')}"
    else:
        columns, source, alias, right = _FILTERED, "contacts", "contacts", f"{found.filters} and {found.text_alone}"
    return _answer(
        f"""page as materialized (
            select id, sort_key, n, case when n = {fence} then {right} else true end as met
            from (select {columns}, {order.key} as sort_key, row_number() over (order by {by}) as n from {source}
                  where {piece(found, chosen, order.by)} and {order.beyond(found)}
                  order by {by} limit {fence}) {alias}
            where n = {fence} or ({right}) order by {order.sorted("sort_key", "id")} limit {count}),
        ended as (select coalesce(max(n), 0) as looked_at from page)""",
        order,
    )


def from_filter(found: Conditions, order: Ordering, way: Way, count: int) -> str:
    """All that the filters let through are sorted, then their texts looked up one after the other."""
    key, right = order.key, found.text_alone
    if order.by == "name" and not _few(way):
        texts = f"contact_texts t join contacts on id = t.contact_id where {found.filters} and {found.beside_text}"
        seen = f"select id, {key} as sort_key from {texts} and {order.beyond(found)}"
        return _gathered(seen, "seen", "true", order, way, count)
    if order.by == "name":
        key, right = NAME, f"{right} and {_HAS_TEXT}"
    seen = f"select id, {key} as sort_key from contacts where {found.filters} and {order.beyond(found, key, 'id')}"
    return _gathered(seen, "seen", right, order, way, count)


def from_text(found: Conditions, chosen: ContactFilter, order: Ordering, way: Way, count: int) -> str:
    """All that the text finds are sorted, then looked up one after the other; before that, if the order asks for it."""
    if order.by == "modified":
        return _gathered(_candidates(found), _looked_up(found, order, way), "true", order, way, count)
    if order.by == "created":
        beyond = order.beyond(found, "contact_id", "contact_id")
        seen = f"select contact_id as id, contact_id as sort_key from ({found.candidates}) found where {beyond}"
    else:
        texts = f"t.contact_id in ({found.candidates})" if found.numbers else " and ".join(found.texts)
        seen = f"select t.contact_id as id, {order.key} as sort_key from contact_texts t where {texts}"
        seen += f" and {order.beyond(found)} and {piece(found, chosen, order.by)}"
    return _gathered(seen, "seen", _by_id(found, "gathered"), order, way, count)


def _candidates(found: Conditions) -> str:
    return f"select contact_id from ({found.candidates}) found"


def _looked_up(found: Conditions, order: Ordering, way: Way) -> str:
    right = f"{found.filters} and {order.beyond(found)}"
    if not _few(way):
        return f"(select id, {order.key} as sort_key from seen join contacts on id = contact_id where {right})"
    one = f"select id, {order.key} as sort_key from contacts where id = seen.contact_id and {right} offset 0"
    return f"(select id, sort_key from seen cross join lateral ({one}) known)"


def _few(way: Way) -> bool:
    return way.fence is not None and way.fence <= _FEW_ENOUGH


def _by_id(found: Conditions, row: str) -> str:
    """The filters of the contact whose id stands in that row."""
    if found.filters == "true":
        return "true"
    return f"(select {found.filters} from contacts where contacts.id = {row}.id)"


def _gathered(seen: str, source: str, right: str, order: Ordering, way: Way, count: int) -> str:
    by, fenced, whole = order.sorted("sort_key", "id"), "", "true"
    if way.fence is not None:
        fenced, whole = f"limit {way.fence}", f"(select looked_at from ended) < {way.fence}"
    early, late = (right, "true") if way.early else ("true", right)
    return _answer(
        f"""seen as materialized ({seen} {fenced}),
        ended as materialized (select count(*) as looked_at from seen),
        page as materialized (
            select id, sort_key, true as met
            from (select id, sort_key from {source} gathered where {whole} and {early} order by {by} offset 0) gathered
            where {late} order by {by} limit {count})""",
        order,
    )


def _answer(parts: str, order: Ordering) -> str:
    by = order.sorted("sort_key", "id")
    return f"""with {parts} select (select looked_at from ended) as looked_at,
        array(select id from page where met order by {by}) as ids,
        array(select sort_key from page where met order by {by}) as keys"""
