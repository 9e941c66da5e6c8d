"""Every base with how much is in it, quickly at millions of contacts. Runs inside an open workspace transaction."""

import asyncpg

from ringyard.kit.db import connection
from tenants.bases.fields import BaseCounts, BaseView

CAP = 10_000
_EXACT_MS = 300

_BASES = f"""
select id, name, group_name as "group", created_at,
       (select count(*) from (select from junk j where j.base_id = b.id limit {CAP + 1}) capped) as junk,
       (select max(modified_at) from contacts c where c.base_id = b.id) as changed_at
from bases b order by lower(group_name), lower(name), id
"""
_EXACT = "select base_id, count(*) as contacts from contacts group by base_id"
_CAPPED = f"""
select b.id as base_id, (select count(*) from (select from contacts c where c.base_id = b.id limit {CAP + 1}) capped)
    as contacts from bases b
"""


async def bases_with_counts() -> list[BaseCounts]:
    """By group and name. Counts are exact where all contacts can be counted at once, else they go to `CAP`."""
    found = await _exact()
    cap = None if found is not None else CAP
    rows = found if found is not None else await connection().fetch(_CAPPED)
    contacts = {row["base_id"]: row["contacts"] for row in rows}
    return [
        BaseCounts(
            base=BaseView(**{name: row[name] for name in BaseView.__struct_fields__}),
            contacts=min(contacts.get(row["id"], 0), cap or contacts.get(row["id"], 0)),
            more=cap is not None and contacts.get(row["id"], 0) > cap,
            junk=row["junk"],
            changed_at=row["changed_at"],
        )
        for row in await connection().fetch(_BASES)
    ]


async def _exact() -> list[asyncpg.Record] | None:
    """None when it takes too long."""
    try:
        async with connection().transaction():
            await connection().execute("select set_config('statement_timeout', $1, true)", str(_EXACT_MS))
            return await connection().fetch(_EXACT)
    except asyncpg.QueryCanceledError:
        return None
