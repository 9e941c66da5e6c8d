"""Lists of contacts by filter, text and sort. Runs inside an open workspace transaction.

Pages go by keyset. A search runs with its own plan and a time limit: a generic plan for `like $1` reads the whole base.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import invalid
from ringyard.kit.keyset import Page, decoded, encoded
from ringyard.kit.text import _
from tenants.contacts.conditions import Conditions
from tenants.contacts.fields import ContactView, Status
from tenants.contacts.folding import NAME
from tenants.contacts.rows import COLUMNS, with_phones
from tenants.context import current

Sort = Literal["-modified", "modified", "name", "-name"]
"""A minus turns the order round: the last modified first is the usual one."""
COUNTED = 10_000
_LONGEST_SEARCH_MS = 3000


class ContactFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Times are inclusive from, exclusive to; `agent_id` is who is responsible."""

    base_id: UUID | None = None
    category_id: UUID | None = None
    agent_id: UUID | None = None
    outcome_id: UUID | None = None
    status: Status | None = None
    modified_from: datetime | None = None
    modified_to: datetime | None = None
    q: str = ""


async def list_contacts(
    chosen: ContactFilter, limit: int = 50, cursor: str | None = None, sort: Sort = "-modified"
) -> Page[ContactView]:
    """The last modified first, or by name. Raises Invalid for a foreign cursor and a search that takes too long."""
    conditions = _conditions(chosen)
    order = _order(conditions, sort, cursor)
    async with _limited(bool(chosen.q)):
        rows = await connection().fetch(
            f"""select {COLUMNS}, {NAME} as folded_name from contacts where {conditions.sql}
                order by {order} limit {conditions.add(limit + 1)}""",
            *conditions.values,
        )
        items = await with_phones(rows[:limit])
    if len(rows) <= limit:
        return Page(items)
    last = rows[limit - 1]
    key = (last["folded_name"], last["id"]) if sort.endswith("name") else (last["modified_at"], last["id"])
    return Page(items, encoded(key))


async def count_contacts(chosen: ContactFilter) -> int:
    """How many there are; `COUNTED` + 1 stands for any larger number."""
    conditions = _conditions(chosen)
    async with _limited(bool(chosen.q)):
        found = await connection().fetchval(
            f"select count(*) from (select 1 from contacts where {conditions.sql} limit {COUNTED + 1}) capped",
            *conditions.values,
        )
    return int(found)


def _conditions(chosen: ContactFilter) -> Conditions:
    conditions = Conditions(current().country)
    conditions.equal("base_id", chosen.base_id)
    conditions.equal("responsible_id", chosen.agent_id)
    conditions.equal("outcome_id", chosen.outcome_id)
    conditions.category(chosen.category_id)
    conditions.status(chosen.status)
    conditions.modified(chosen.modified_from, chosen.modified_to)
    conditions.text(chosen.q)
    return conditions


def _order(conditions: Conditions, sort: Sort, cursor: str | None) -> str:
    column, kind = (NAME, tuple[str, UUID]) if sort.endswith("name") else ("modified_at", tuple[datetime, UUID])
    comparison, direction = ("<", " desc") if sort.startswith("-") else (">", "")
    if cursor:
        conditions.beyond(f"({column}, id) {comparison}", *decoded(cursor, kind))
    return f"{column}{direction}, id{direction}"


@asynccontextmanager
async def _limited(searching: bool) -> AsyncIterator[None]:
    if not searching:
        yield
        return
    await connection().execute(
        "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('statement_timeout', $1, true)",
        str(_LONGEST_SEARCH_MS),
    )
    try:
        yield
    except asyncpg.QueryCanceledError as error:
        raise invalid("q", _("This search takes too long. Type more letters or digits.")) from error
