"""How many contacts a filter lets through: never at the list's cost. Runs inside an open workspace transaction."""

import asyncpg
import msgspec

from ringyard.kit.db import connection
from tenants.contacts.conditions import conditions_of
from tenants.contacts.filters import ContactFilter
from tenants.contacts.limits import prepared
from tenants.context import current

COUNTED = 10_000
_QUICK_MS, _EXACT_MS = 400, 1500


class Total(msgspec.Struct, frozen=True):
    """Without `exact` there are more than `count`, or the time to count them was not there (`count` is then 0)."""

    count: int
    exact: bool


async def quick_total(chosen: ContactFilter) -> Total:
    """Counts to `COUNTED` and no further."""
    found = await _counted(chosen, f"limit {COUNTED + 1}", _QUICK_MS)
    if found is None:
        return Total(0, exact=False)
    return Total(min(found, COUNTED), found <= COUNTED)


async def exact_total(chosen: ContactFilter) -> Total:
    """Counts them all, if that can be done in a moment."""
    found = await _counted(chosen, "", _EXACT_MS)
    return await quick_total(chosen) if found is None else Total(found, exact=True)


async def _counted(chosen: ContactFilter, fence: str, limit_ms: int) -> int | None:
    conditions = conditions_of(chosen, current().country)
    try:
        async with connection().transaction():
            await prepared(limit_ms)
            return int(
                await connection().fetchval(
                    f"select count(*) from (select from contacts where {conditions.sql} {fence}) found",
                    *conditions.values,
                )
            )
    except asyncpg.QueryCanceledError:
        return None
