"""Search everywhere: clients, documents, bases, imports, campaigns. Runs inside an open workspace transaction."""

from collections.abc import Awaitable, Callable, Collection
from typing import Literal
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from tenants.contacts.fields import ContactView
from tenants.contacts.filters import ContactFilter
from tenants.contacts.folding import folded
from tenants.contacts.query import escaped
from tenants.contacts.search import list_contacts

Kind = Literal["client", "document", "base", "import", "campaign"]
SHORTEST = 2


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is the thing's own; `contact_id` the client a document is on; `detail` tells it from others of its name."""

    kind: Kind
    id: UUID
    name: str
    detail: str = ""
    contact_id: UUID | None = None


async def everywhere(q: str, kinds: Collection[Kind], limit: int) -> list[Hit]:
    """Up to `limit` of each kind, kind after kind. Raises Invalid for a search that takes too long."""
    text = q.strip()[:200]
    if len(text) < SHORTEST:
        return []
    return [hit for kind, search in _SEARCHES.items() if kind in kinds for hit in await search(text, limit)]


async def _clients(text: str, limit: int) -> list[Hit]:
    found = await list_contacts(ContactFilter(q=text), limit)
    return [Hit(kind="client", id=one.id, name=one.name, detail=_about(one)) for one in found.items]


def _about(one: ContactView) -> str:
    return " · ".join(part for part in (one.phones[0].number if one.phones else "", one.email) if part)


async def _documents(text: str, limit: int) -> list[Hit]:
    rows = await connection().fetch(
        f"""select d.id, d.name, c.name as detail, d.contact_id from documents d join contacts c on c.id = d.contact_id
            where {folded("d.name")} like {folded("$1::text")} order by d.created_at desc, d.id limit $2""",
        _anywhere(text), limit,
    )  # fmt: skip
    return [Hit(kind="document", **dict(row)) for row in rows]


async def _bases(text: str, limit: int) -> list[Hit]:
    return await _named("base", "bases", "name", "group_name", text, limit)


async def _imports(text: str, limit: int) -> list[Hit]:
    return await _named("import", "imports", "file_name", "to_char(created_at, 'YYYY-MM-DD')", text, limit)


async def _campaigns(text: str, limit: int) -> list[Hit]:
    return await _named("campaign", "campaigns", "name", "''", text, limit)


async def _named(kind: Kind, table: str, name: str, detail: str, text: str, limit: int) -> list[Hit]:
    rows = await connection().fetch(
        f"""select id, {name} as name, {detail} as detail from {table}
            where {folded(name)} like {folded("$1::text")} order by created_at desc, id limit $2""",
        _anywhere(text), limit,
    )  # fmt: skip
    return [Hit(kind=kind, **dict(row)) for row in rows]


def _anywhere(text: str) -> str:
    return f"%{escaped(text)}%"


_SEARCHES: dict[Kind, Callable[[str, int], Awaitable[list[Hit]]]] = {
    "client": _clients,
    "document": _documents,
    "base": _bases,
    "import": _imports,
    "campaign": _campaigns,
}
