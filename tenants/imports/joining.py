"""What contacts that are known already gain from staged ones: further numbers, and what they lacked.

What the base knows stays. Several staged contacts may be the same person: the first that fills a field wins. What a
contact gained is written to `changes`, which an undo reads, unless this very import added it. Runs inside an open
workspace transaction.
"""

from uuid import UUID

from ringyard.kit.db import connection
from tenants.imports.work import Work

MOST_NUMBERS = 100
"""A switchboard in every row of a file is not to give one contact thousands of numbers."""

# Temporary tables have no statistics of their own; guesses about them read all contacts, however many there are. What
# is looked up in the base is therefore looked up by arrays of keys.
_ANALYZE = "analyze staged (id), staged_phones (contact_id), matched (staged_id, contact_id)"
_NUMBERS = f"""
with new as (
    select distinct on (m.contact_id, p.number) m.contact_id, p.contact_id as staged_id, p.position, p.number, p.kind,
           p.region, p.timezone
    from matched m join staged_phones p on p.contact_id = m.staged_id
    where m.news and p.number <> all (array(select e.number from phones e where e.contact_id = m.contact_id))
    order by m.contact_id, p.number, p.contact_id, p.position
), known as (
    select e.contact_id, max(e.position) as last, array_agg(e.number order by e.position) as numbers
    from phones e where e.contact_id = any (array(select contact_id from new)) group by e.contact_id
), placed as (
    select n.contact_id, coalesce(k.last, -1)
               + row_number() over (partition by n.contact_id order by n.staged_id, n.position) as position,
           n.number, n.kind, n.region, n.timezone, coalesce(k.numbers, '{{}}') as numbers
    from new n left join known k on k.contact_id = n.contact_id
), stored as (
    insert into phones (contact_id, position, number, kind, region, timezone)
    select contact_id, position, number, kind, region, timezone from placed where position < {MOST_NUMBERS}
)
insert into grown (contact_id, before, after)
select contact_id, numbers, numbers || array_agg(number order by position)
from placed where position < {MOST_NUMBERS} group by contact_id, numbers
"""


def _first(column: str) -> str:
    return f"(array_agg(s.{column}) filter (where s.{column} <> ''))[1] as {column}"


def _audited(values: str) -> str:
    """The fields of row `g` as JSON, named as their columns; own fields stand apart."""
    names = ("name", "email", "comment", "external_id", "responsible_id", "category_ids")
    pairs = [f"'{name}', g.{values}{name}" for name in names]
    return f"jsonb_build_object({', '.join(pairs)})"


# Filled from `c` as it is once it is locked: somebody may be changing it at this moment. A contact that this import has
# added stays untouched in the sense of an undo.
_FIELDS = f"""
with news as (
    select s.contact_id, {_first("name")}, {_first("email")}, {_first("comment")}, {_first("external_id")},
           (array_agg(s.responsible_id) filter (where s.responsible_id is not null))[1] as responsible_id
    from (select m.contact_id, s.* from matched m join staged s on s.id = m.staged_id where m.news
          order by m.contact_id, s.row_number) s group by s.contact_id
), categorised as (
    select m.contact_id, array_agg(distinct k) as ids
    from matched m join staged s on s.id = m.staged_id join labels l on l.categories = s.categories, unnest(l.ids) k
    where m.news group by m.contact_id
), own_fields as (
    select m.contact_id, jsonb_object_agg(f.key, f.value order by s.row_number desc) as custom
    from matched m join staged s on s.id = m.staged_id, jsonb_each(s.custom) f
    where m.news and s.custom <> '{{}}' group by m.contact_id
), gains as (
    select c.id, c.import_id is not distinct from $1 as own, c.name as old_name, c.email as old_email,
           c.comment as old_comment, c.external_id as old_external_id, c.responsible_id as old_responsible_id,
           c.category_ids as old_category_ids, coalesce(nullif(c.name, ''), n.name, '') as name,
           coalesce(nullif(c.email, ''), n.email, '') as email,
           coalesce(nullif(c.comment, ''), n.comment, '') as comment,
           coalesce(nullif(c.external_id, ''), n.external_id, '') as external_id,
           coalesce(c.responsible_id, n.responsible_id, $3) as responsible_id,
           c.category_ids || array(select unnest(coalesce(l.ids, $2)) except select unnest(c.category_ids))
               as category_ids,
           c.custom as old_custom, coalesce(o.custom, '{{}}') || c.custom as custom
    from news n join contacts c on c.id = n.contact_id left join categorised l on l.contact_id = n.contact_id
    left join own_fields o on o.contact_id = n.contact_id
    where c.id = any (array(select contact_id from news)) and (
       exists (select from grown r where r.contact_id = c.id)
       or (c.name = '' and n.name <> '') or (c.email = '' and n.email <> '') or (c.comment = '' and n.comment <> '')
       or (c.external_id = '' and n.external_id <> '')
       or (c.responsible_id is null and coalesce(n.responsible_id, $3) is not null)
       or not c.category_ids @> coalesce(l.ids, $2)
       or exists (select from jsonb_object_keys(o.custom) key where not c.custom ? key))
    for no key update of c
), stored as (
    update contacts c
    set name = g.name, email = g.email, comment = g.comment, external_id = g.external_id,
        responsible_id = g.responsible_id, custom = g.custom, category_ids = g.category_ids,
        modified_at = case when g.own and c.modified_at = c.created_at then c.modified_at else now() end
    from gains g where c.id = g.id
), noted as (
    insert into changes (contact_id, operation_id, user_id, source, before, after)
    select g.id, $1, $4, 'import', d.before || o.before || p.before, d.after || o.after || p.after
    from gains g left join grown r on r.contact_id = g.id
    cross join lateral (
        select coalesce(jsonb_object_agg(b.key, b.value), '{{}}') as before,
               coalesce(jsonb_object_agg(b.key, a.after -> b.key), '{{}}') as after
        from (select {_audited("")} as after) a, jsonb_each({_audited("old_")}) b
        where b.value is distinct from a.after -> b.key) d
    cross join lateral (
        select case when g.custom = g.old_custom then '{{}}' else '{{"custom": {{}}}}'::jsonb end as before,
               case when g.custom = g.old_custom then '{{}}' else jsonb_build_object('custom',
                   g.custom - array(select jsonb_object_keys(g.old_custom))) end as after) o
    cross join lateral (
        select case when r.after is null then '{{}}' else jsonb_build_object('phones', r.before) end as before,
               case when r.after is null then '{{}}' else jsonb_build_object('phones', r.after) end as after) p
    where not g.own
)
select g.id from gains g
where not (g.own and $5) and ((g.name, g.email, g.external_id) <> (g.old_name, g.old_email, g.old_external_id)
    or exists (select from grown r where r.contact_id = g.id))
"""


async def join_known(work: Work) -> list[UUID]:
    """Whose search texts must be written anew; not those that a large import writes after its end."""
    here, plan = connection(), work.plan
    if not await here.fetchval("select exists (select from matched where news)"):
        return []
    await here.execute(_ANALYZE)
    await here.execute(_NUMBERS)
    rows = await here.fetch(
        _FIELDS, work.import_id, plan.category_ids, plan.responsible_id, work.created_by, work.large
    )
    return [row["id"] for row in rows]
