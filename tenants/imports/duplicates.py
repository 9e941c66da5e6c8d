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


# By number and not by row: however many rows and contacts share a number, each side is looked at once.
_MATCH = f"""
with found as (
    select n.number, c.id, c.scope, c.created_at
    from (select distinct number from staged_phones) n cross join lateral (
        select c.id, c.created_at,
               case when c.import_id = $2 then {_OWN} when c.base_id = $1 then {_HERE} else {_ELSEWHERE} end as scope
        from phones e join contacts c on c.id = e.contact_id
        where e.number = n.number and case when c.import_id = $2 then $3::boolean when c.base_id = $1 then $4::boolean
                                         else $5::boolean end
        order by scope, c.created_at, c.id limit 1) c
)
insert into matched (staged_id, contact_id, scope, joins)
select distinct on (p.contact_id) p.contact_id, f.id, f.scope,
       case f.scope when {_OWN} then true when {_HERE} then $6::boolean else $7::boolean end
from found f join staged_phones p on p.number = f.number
order by p.contact_id, f.scope, f.created_at, f.id
"""
# In a dry run a row that comes again would meet a contact that has not been added.
_AGAIN_IS_KNOWN = f"""
with known as (
    insert into matched (staged_id, scope, joins) select id, {_OWN}, true from staged where again returning staged_id
)
delete from staged_phones p using known k where p.contact_id = k.staged_id
"""
_BARRED = """
with listed as materialized (
    select number from do_not_call where number in (select number from staged_phones)
    union select ext.on_service_list((select array_agg(number) from staged_phones))
)
insert into barred (staged_id)
select contact_id from staged_phones p
where contact_id in (select contact_id from staged_phones where number in (select number from listed))
  and not exists (select from matched m where m.staged_id = p.contact_id)
group by contact_id having bool_and(number in (select number from listed))
"""
_FIGURES = f"""
select count(*) as known, count(*) filter (where again or joins) as merged,
       count(*) filter (where again or scope = {_OWN}) as repeated,
       count(*) filter (where scope = {_HERE} and not again) as found_here,
       count(*) filter (where scope = {_ELSEWHERE} and not again) as found_elsewhere
from matched join staged on id = staged_id
"""


async def match(work: Work, facts: Facts) -> None:
    """Fill `matched` with who is known, by the import's rules, and `barred` with new ones that nobody may call."""
    plan = work.plan
    if facts.again or plan.duplicates != "add" or plan.duplicates_elsewhere != "add":
        here, elsewhere = plan.duplicates, plan.duplicates_elsewhere
        await connection().execute(
            _MATCH, work.base_id, work.import_id, plan.duplicates_in_file == "merge", here != "add", elsewhere != "add",
            here == "merge", elsewhere == "merge",
        )  # fmt: skip
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
