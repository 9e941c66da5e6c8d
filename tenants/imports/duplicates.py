"""Whom the base knows already: staged contacts against the contacts of this base and, if asked, of the others.

A staged contact is the same person as a contact that has one of its numbers: first of all one that this import added
(a row that comes again, further down in the file), then the oldest of its base, then the oldest of another one. The dry
run asks the same as the run does. Runs inside an open workspace transaction, after `staging.stage`.
"""

import msgspec

from ringyard.kit.db import connection
from tenants.imports.plan import ImportPlan
from tenants.imports.slices import Summary
from tenants.imports.staging import Facts
from tenants.imports.work import Work

_OWN, _HERE, _ELSEWHERE = range(3)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What became of rows; named as in `imports`."""

    rows: int = 0
    added: int = 0
    merged: int = 0
    skipped: int = 0
    repeated: int = 0
    found_here: int = 0
    found_elsewhere: int = 0
    blocked: int = 0
    junk: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


# How many rows a temporary table gives, Postgres can only guess; a wrong guess compares every row with every contact.
_BY_KEYS = "set local enable_nestloop = off; set local enable_seqscan = off"
_AS_USUAL = "set local enable_nestloop = on; set local enable_seqscan = on"
# By number and not by row: however many rows and contacts share a number, each side is looked at once. Arrays of keys
# walk the indexes in order. The lower a contact's `place`, the rather it is the one. `news` are rows that bring
# anything: a field that their contact lacks, or a number that may not be the contact's. All others are done with here.
_MATCH = f"""
with known as materialized (
    select number, contact_id from phones where number = any (array(select number from staged_phones))
), candidates as materialized (
    select row_number() over (order by scope, created_at, id) as place, c.*
    from (
        select case when import_id = $2 then {_OWN} when base_id = $1 then {_HERE} else {_ELSEWHERE} end as scope,
               created_at, id, name = '' as no_name, email = '' as no_email, comment = '' as no_comment,
               external_id = '' as no_external_id, responsible_id is null as no_responsible, category_ids, custom
        from contacts
        where id = any (array(select contact_id from known))
          and case when import_id = $2 then $3::boolean when base_id = $1 then $4::boolean else $5::boolean end) c
), of_number as (
    select k.number, min(c.place) as place from known k join candidates c on c.id = k.contact_id group by k.number
), of_row as (
    select p.contact_id as staged_id, min(n.place) as place,
           count(*) > count(n.place) or min(n.place) < max(n.place) as of_several
    from staged_phones p left join of_number n on n.number = p.number group by p.contact_id
)
insert into matched (staged_id, contact_id, scope, again, joins, news)
select s.id, c.id, c.scope, s.again, j.joins, j.joins and (r.of_several
           or (c.no_name and s.name <> '') or (c.no_email and s.email <> '') or (c.no_comment and s.comment <> '')
           or (c.no_external_id and s.external_id <> '')
           or (c.no_responsible and coalesce(s.responsible_id, $9) is not null)
           or not c.category_ids @> coalesce(l.ids, $8)
           or (s.custom <> '{{}}' and not c.custom ?& array(select jsonb_object_keys(s.custom))))
from of_row r join candidates c on c.place = r.place join staged s on s.id = r.staged_id
left join labels l on l.categories = s.categories
cross join lateral (
    select case c.scope when {_OWN} then true when {_HERE} then $6::boolean else $7::boolean end as joins) j
"""
# In a dry run a row that comes again would meet a contact that has not been added.
_AGAIN_IS_KNOWN = f"""
with known as (
    insert into matched (staged_id, scope, again, joins, news) select id, {_OWN}, true, true, false from staged
    where again returning staged_id
)
delete from staged_phones p using known k where p.contact_id = k.staged_id
"""
_BARRED = """
with fresh as materialized (
    select contact_id, number from staged_phones p
    where not exists (select from matched m where m.staged_id = p.contact_id)
), listed as materialized (
    select number from do_not_call where number in (select number from fresh)
    union select ext.on_service_list((select array_agg(number) from fresh))
)
insert into barred (staged_id)
select contact_id from fresh
where contact_id in (select contact_id from fresh where number in (select number from listed))
group by contact_id having bool_and(number in (select number from listed))
"""
_FIGURES = f"""
select count(*) as known, count(*) filter (where again or joins) as merged,
       count(*) filter (where again or scope = {_OWN}) as repeated,
       count(*) filter (where scope = {_HERE} and not again) as found_here,
       count(*) filter (where scope = {_ELSEWHERE} and not again) as found_elsewhere
from matched
"""


async def match(work: Work, facts: Facts) -> None:
    """Fill `matched` with who is known, by the import's rules, and `barred` with new ones that nobody may call.

    What `matched.news` says of categories takes `labels`, which `merging.label` fills.
    """
    plan = work.plan
    if facts.again or plan.duplicates != "add" or plan.duplicates_elsewhere != "add":
        here, elsewhere = plan.duplicates, plan.duplicates_elsewhere
        await connection().execute(_BY_KEYS)
        await connection().execute(
            _MATCH, work.base_id, work.import_id, plan.duplicates_in_file == "merge", here != "add", elsewhere != "add",
            here == "merge", elsewhere == "merge", plan.category_ids, plan.responsible_id,
        )  # fmt: skip
        await connection().execute(_AS_USUAL)
    await connection().execute(_BARRED)


async def settle_again(facts: Facts) -> None:
    """For a dry run, before `match`: rows that come again are known."""
    if facts.again:
        await connection().execute(_AGAIN_IS_KNOWN)


async def figures(plan: ImportPlan, summary: Summary, facts: Facts) -> Figures:
    """After `match`. A row that joined another one or was left out counts as repeated where the reader saw it."""
    row = await connection().fetchrow(_FIGURES)
    blocked = await connection().fetchval("select count(*) from barred")
    assert row is not None
    joined = summary.repeated if plan.duplicates_in_file == "merge" else 0
    merged = row["merged"] + joined
    return Figures(
        rows=summary.rows,
        added=facts.rows - row["known"],
        merged=merged,
        skipped=row["known"] + summary.repeated - merged,
        repeated=row["repeated"] + summary.repeated,
        found_here=row["found_here"],
        found_elsewhere=row["found_elsewhere"],
        blocked=blocked,
        junk=summary.junk,
    )
