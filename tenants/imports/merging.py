"""Putting a staged slice into the base: new contacts with their numbers, and what known ones gain.

Runs inside an open workspace transaction, after `duplicates.match`. Imports into one base take turns, so that each sees
what the other has added.
"""

from uuid import UUID

from ringyard.kit.db import connection
from tenants.contacts.texts import store_texts
from tenants.imports.joining import join_known
from tenants.imports.staging import Facts
from tenants.imports.work import Work

_TURN = "select pg_advisory_xact_lock(hashtextextended(current_schema() || $1, 0))"
_CATEGORIES = """
insert into categories (id, name)
select gen_random_uuid(), label
from (select distinct on (lower(label)) label from staged, unnest(categories) label order by lower(label), label) new
on conflict (lower(name)) do nothing
"""
_LABELS = """
insert into labels (categories, ids)
select s.categories, array(
    select k.id from categories k
    where lower(k.name) in (select lower(label) from unnest(s.categories) label) or k.id = any($1) order by k.id)
from (select distinct categories from staged where categories <> '{}') s
"""
# In the order of the file, as it was staged. Whom nobody may call is there too, to be found and not imported again.
_ADD = """
insert into contacts (id, base_id, name, email, region, timezone, responsible_id, category_ids, comment, external_id,
                      custom, status, import_id, created_at, modified_at)
select s.id, $1, s.name, s.email, s.region, s.timezone, coalesce(s.responsible_id, $4), coalesce(l.ids, $3), s.comment,
       s.external_id, s.custom, case when s.id in (select staged_id from barred) then 'do_not_call' else 'new' end,
       $2, now(), now()
from staged s left join labels l on l.categories = s.categories
where not exists (select from matched m where m.staged_id = s.id)
"""
_ADD_PHONES = """
insert into phones (contact_id, position, number, kind, region, timezone)
select contact_id, position, number, kind, region, timezone from staged_phones p
where not exists (select from matched m where m.staged_id = p.contact_id)
"""
_ADDED = "select id from staged s where not exists (select from matched m where m.staged_id = s.id)"


async def take_turn(work: Work) -> None:
    """Wait for other imports into this base, or for all that look into others too; until the transaction's end."""
    if work.plan.duplicates_elsewhere != "add":
        await connection().execute(_TURN, " import")
    await connection().execute(_TURN, str(work.base_id))


async def label(work: Work, facts: Facts) -> None:
    """Before `match`: the categories that rows name are there, and known by the rows' texts."""
    if facts.labelled:
        await connection().execute(_CATEGORIES)
        await connection().execute(_LABELS, work.plan.category_ids)


async def merge(work: Work, facts: Facts) -> None:
    """What is staged and matched is in the base afterwards, with search texts unless the import is large."""
    added: list[UUID] = []
    if facts.rows > await connection().fetchval("select count(*) from matched"):
        added = await _add(work)
    if texts := [*await join_known(work), *added]:
        await store_texts(texts)


async def _add(work: Work) -> list[UUID]:
    """Whose search texts must be written; nobody's where a large import writes them after its end."""
    here, plan = connection(), work.plan
    await here.execute(_ADD, work.base_id, work.import_id, plan.category_ids, plan.responsible_id)
    await here.execute(_ADD_PHONES)
    return [] if work.large else [row["id"] for row in await here.fetch(_ADDED)]
