"""The workspace's do-not-call list. Runs inside an open workspace transaction.

A number put on it is not called from the next reservation on; calls that are already up go on.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.contacts.query import escaped
from tenants.context import current
from tenants.do_not_call.fields import ListedNumber, NewNumber, Sort, Source, checked_reason, number_typed
from tenants.jobs import enqueue

_SHOWN = ", ".join(ListedNumber.__struct_fields__)
COUNTED = 10_000
"""A search is counted up to here; more is shown as more."""


async def list_numbers(
    limit: int = 50, cursor: str | None = None, q: str = "", sort: Sort = "-created"
) -> Page[ListedNumber]:
    """Those with `q` anywhere in number or reason."""
    by_number = sort == "number"
    key: tuple[object, ...] = (None, None)
    if cursor:
        key = (None, decoded(cursor, str)) if by_number else decoded(cursor, tuple[datetime, str])
    order = {"number": "number", "created": "created_at, number", "-created": "created_at desc, number desc"}[sort]
    beyond = "number > $2" if by_number else f"(created_at, number) {'<' if sort == '-created' else '>'} ($1, $2)"
    rows = await connection().fetch(
        f"""select {_SHOWN} from do_not_call
            where {_MATCHES} and ($1::timestamptz is null and $2::text is null or {beyond})
            order by {order} limit $5""",
        *key, *_patterns(q), limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: ListedNumber(**row),
                lambda row: row["number"] if by_number else (row["created_at"], row["number"]))  # fmt: skip


async def count_numbers(q: str = "") -> int:
    """`COUNTED` + 1 stands for any larger number."""
    found = await connection().fetchval(
        f"""select count(*) from (select from do_not_call where $1::timestamptz is null and $2::text is null
            and {_MATCHES} limit {COUNTED + 1}) capped""",
        None, None, *_patterns(q),
    )  # fmt: skip
    return int(found)


# The expression of the index do_not_call_text.
_TEXT = "(number || ' ' || reason)"
_MATCHES = f"($3::text is null or {_TEXT} ilike $3 or {_TEXT} like $4)"


def _patterns(q: str) -> tuple[str | None, str | None]:
    """What was typed, and once more without what people put between digits where it may be part of a number."""
    if not q.strip():
        return None, None
    digits = re.sub(r"[\s().\-/]", "", q)
    return f"%{escaped(q.strip())}%", f"%{digits}%" if re.fullmatch(r"\+?\d+", digits) else None


async def listed_number(number: str) -> ListedNumber:
    """By its E.164 form. Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from do_not_call where number = $1", number)
    if row is None:
        raise NotFound(_("This number is not on the list."))
    return ListedNumber(**row)


async def add_number(new: NewNumber, source: Source, user_id: UUID | None) -> ListedNumber:
    """A number that is there already keeps its first entry. Raises Invalid."""
    number = number_typed(new.number, current().country)
    await add_numbers([number], checked_reason(new.reason), source, user_id)
    return await listed_number(number)


async def add_numbers(numbers: Sequence[str], reason: str, source: Source, user_id: UUID | None) -> int:
    """E.164 numbers; gives how many are new on the list."""
    done = await connection().execute(
        """insert into do_not_call (number, reason, source, created_by)
           select distinct n, $2, $3, $4::uuid from unnest($1::text[]) as v (n) on conflict (number) do nothing""",
        list(numbers), reason, source, user_id,
    )  # fmt: skip
    return int(done.rpartition(" ")[2])


async def add_numbers_of(contact_ids: Sequence[UUID], reason: str, source: Source, user_id: UUID | None) -> int:
    """Every number of these contacts; gives how many are new on the list."""
    rows = await connection().fetch(
        "select distinct number from phones where contact_id = any ($1::uuid[])", list(contact_ids)
    )
    return await add_numbers([row["number"] for row in rows], reason, source, user_id)


async def remove_number(number: str) -> None:
    """Campaigns that left contacts out because of it take them in again, by a job. Raises NotFound."""
    if await connection().fetchval("delete from do_not_call where number = $1 returning 1", number) is None:
        raise NotFound(_("This number is not on the list."))
    enqueue("call_again", number=number)
