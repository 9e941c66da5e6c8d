"""Putting a slice into the base: COPY to tables of this transaction only, then set-wise into contacts and phones.

Runs inside an open workspace transaction. A staged contact is the same person as a contact of the base that has one of
its numbers; the oldest such contact counts.
"""

import io
from uuid import UUID

from ringyard.kit.db import connection
from tenants.imports.plan import Duplicates

_STAGE = """
create temp table staged (row_number bigint, id uuid, name text, email text, region text, timezone text,
    responsible_id uuid, categories text[], comment text, external_id text, custom jsonb) on commit drop;
create temp table staged_phones (contact_id uuid, position smallint, number text, kind text, region text,
    timezone text) on commit drop;
create temp table matched (staged_id uuid primary key, contact_id uuid, grown boolean not null default false)
    on commit drop
"""
_PHONES = ["contact_id", "position", "number", "kind", "region", "timezone"]
_JUNK = ["id", "import_id", "base_id", "row_number", "column_number", "cells", "reason"]

_CATEGORIES = """
insert into categories (id, name)
select gen_random_uuid(), label
from (select distinct on (lower(label)) label from staged, unnest(categories) label order by lower(label), label) new
on conflict (lower(name)) do nothing
"""
_MATCH = """
insert into matched (staged_id, contact_id)
select distinct on (p.contact_id) p.contact_id, c.id
from staged_phones p join phones e on e.number = p.number join contacts c on c.id = e.contact_id and c.base_id = $1
order by p.contact_id, c.created_at, c.id
"""
_CATEGORY_IDS = """case when s.categories = '{}' then '{}'::uuid[] else coalesce(
    (select array_agg(k.id order by k.id) from categories k
     where lower(k.name) in (select lower(label) from unnest(s.categories) label)), '{}') end"""
_ADD = f"""
insert into contacts (id, base_id, name, email, region, timezone, responsible_id, category_ids, comment, external_id,
                      custom, import_id, created_at, modified_at)
select s.id, $1, s.name, s.email, s.region, s.timezone, s.responsible_id, {_CATEGORY_IDS}, s.comment, s.external_id,
       s.custom, $2, now(), now()
from staged s where not exists (select from matched m where m.staged_id = s.id) order by s.row_number
"""
_ADD_PHONES = """
insert into phones (contact_id, position, number, kind, region, timezone)
select contact_id, position, number, kind, region, timezone from staged_phones p
where not exists (select from matched m where m.staged_id = p.contact_id) order by contact_id, position
"""
_FURTHER_PHONES = """
with further as (
insert into phones (contact_id, position, number, kind, region, timezone)
select m.contact_id,
       (select max(position) from phones e where e.contact_id = m.contact_id)
           + row_number() over (partition by m.contact_id order by p.contact_id, p.position),
       p.number, p.kind, p.region, p.timezone
from matched m join staged_phones p on p.contact_id = m.staged_id
where not exists (select from phones e where e.contact_id = m.contact_id and e.number = p.number)
returning contact_id
)
update matched set grown = true where contact_id in (select contact_id from further)
"""


def _first(column: str) -> str:
    return f"(array_agg(s.{column} order by s.row_number) filter (where s.{column} <> ''))[1]"


# Several staged contacts may be the same person: the first that fills a field wins, and what the base knows stays.
_FILL = f"""
with labels as (
    select m.contact_id, array_agg(distinct k.id) as category_ids
    from matched m join staged s on s.id = m.staged_id cross join unnest(s.categories) label
    join categories k on lower(k.name) = lower(label) group by m.contact_id
), news as (
    select m.contact_id, {_first("name")} as name, {_first("email")} as email, {_first("comment")} as comment,
           {_first("external_id")} as external_id,
           (array_agg(s.responsible_id order by s.row_number) filter (where s.responsible_id is not null))[1] as person,
           (array_agg(s.custom order by s.row_number) filter (where s.custom <> '{{}}'))[1] as custom,
           bool_or(m.grown) as grown
    from matched m join staged s on s.id = m.staged_id group by m.contact_id
), filled as (
    select c.id, coalesce(nullif(c.name, ''), n.name, '') as name, coalesce(nullif(c.email, ''), n.email, '') as email,
           coalesce(nullif(c.comment, ''), n.comment, '') as comment,
           coalesce(nullif(c.external_id, ''), n.external_id, '') as external_id,
           coalesce(c.responsible_id, n.person) as responsible_id, coalesce(n.custom, '{{}}') || c.custom as custom,
           case when l.category_ids is null or c.category_ids @> l.category_ids then c.category_ids
                else c.category_ids || array(select unnest(l.category_ids) except select unnest(c.category_ids)) end
               as category_ids, n.grown
    from news n join contacts c on c.id = n.contact_id left join labels l on l.contact_id = n.contact_id
)
update contacts c
set name = f.name, email = f.email, comment = f.comment, external_id = f.external_id,
    responsible_id = f.responsible_id, custom = f.custom, category_ids = f.category_ids, modified_at = now()
from filled f
where c.id = f.id and (f.grown or (c.name, c.email, c.comment, c.external_id, c.responsible_id, c.custom,
    c.category_ids) is distinct from (f.name, f.email, f.comment, f.external_id, f.responsible_id, f.custom,
    f.category_ids))
"""


async def stage(contacts: bytes, phones: bytes, junk: bytes) -> None:
    """Payloads of a slice; junk goes to its place at once."""
    await connection().execute(_STAGE)
    await _copy("staged", None, contacts)
    await _copy("staged_phones", _PHONES, phones)
    await _copy("junk", _JUNK, junk)
    await connection().execute("analyze staged, staged_phones")


async def merge(import_id: UUID, base_id: UUID, duplicates: Duplicates) -> tuple[int, int]:
    """The staged contacts into the base: (added, found there already)."""
    here = connection()
    await here.execute("select pg_advisory_xact_lock(hashtextextended($1::text, 0))", str(base_id))
    if duplicates != "add":
        await here.execute(_MATCH, base_id)
        await here.execute("analyze matched")
    await here.execute(_CATEGORIES)
    added = _count(await here.execute(_ADD, base_id, import_id))
    await here.execute(_ADD_PHONES)
    found = int(await here.fetchval("select count(*) from matched"))
    if found and duplicates == "merge":
        await here.execute(_FURTHER_PHONES)
        await here.execute(_FILL)
    return added, found


async def _copy(table: str, columns: list[str] | None, payload: bytes) -> None:
    if payload:
        await connection().copy_to_table(table, source=io.BytesIO(payload), columns=columns, format="text")


def _count(status: str) -> int:
    return int(status.rpartition(" ")[2])
