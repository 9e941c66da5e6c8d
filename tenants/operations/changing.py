"""What a bulk operation does to one slice of contacts: set-wise, with `changes` of exactly what became different.

Inside an open workspace transaction. Whoever runs a slice again changes nothing: a contact that is as wanted is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.following import follow
from tenants.operations.deleting import delete_slice
from tenants.operations.fields import Kind
from tenants.operations.references import hold


@dataclass(frozen=True, slots=True)
class Slice:
    """Contacts of an operation that are worked on in one transaction."""

    operation_id: UUID
    user_id: UUID | None
    kind: Kind
    value: Any
    ids: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Rule:
    """How one column changes; `after` and `differs` are SQL, in which `$4` is the value."""

    column: str
    after: str
    differs: str
    dialing: bool = False
    """Whether campaigns must follow."""


RULES: dict[str, Rule] = {
    "category_add": Rule("category_ids", "category_ids || $4::uuid", "not category_ids @> array[$4::uuid]"),
    "category_remove": Rule("category_ids", "array_remove(category_ids, $4::uuid)", "category_ids @> array[$4::uuid]"),
    "responsible": Rule("responsible_id", "$4::uuid", "responsible_id is distinct from $4::uuid"),
    "base": Rule("base_id", "$4::uuid", "base_id <> $4::uuid", dialing=True),
    "status": Rule("status", "$4::text", "status <> $4::text", dialing=True),
}
# Locked in the order of their ids, as everybody locks who changes many.
_CHANGE = """
with wanted as materialized (
    select id, {column} as before, {after} as after from contacts
    where id = any ($1::uuid[]) and {differs} order by id for update
), changed as (
    update contacts c set {column} = w.after, modified_at = now() from wanted w where c.id = w.id
)
insert into changes (contact_id, operation_id, user_id, source, before, after)
select id, $2, $3, 'bulk', jsonb_build_object('{column}', before), jsonb_build_object('{column}', after) from wanted
"""
# `after` names the numbers that were not on the list before: only these leave it at an undo.
_DO_NOT_CALL = """
with wanted as materialized (
    select id, status from contacts where id = any ($1::uuid[]) order by id for update
), listed as materialized (
    insert into do_not_call (number, reason, source, created_by)
    select distinct number, $4::text, 'bulk', $3::uuid from phones where contact_id = any ($1::uuid[]) order by number
    on conflict do nothing returning number
), fresh as (
    select p.contact_id, jsonb_agg(p.number order by p.position) as numbers
    from phones p join listed l on l.number = p.number where p.contact_id = any ($1::uuid[]) group by p.contact_id
), changed as (
    update contacts c set status = 'do_not_call', modified_at = now()
    from wanted w where c.id = w.id and w.status <> 'do_not_call'
)
insert into changes (contact_id, operation_id, user_id, source, before, after)
select w.id, $2, $3, 'bulk', jsonb_build_object('status', w.status),
       jsonb_strip_nulls(jsonb_build_object('status', 'do_not_call', 'do_not_call', f.numbers))
from wanted w left join fresh f on f.contact_id = w.id
where w.status <> 'do_not_call' or f.numbers is not null
returning contact_id
"""


async def change_slice(piece: Slice) -> tuple[int, int]:
    """(contacts that became different, contacts that were left because they are in a call). Raises ReferenceGone."""
    if piece.kind == "delete":
        return await delete_slice(piece.ids, piece.operation_id, piece.user_id)
    rule = RULES.get(piece.kind)
    if rule is None:
        return await _followed(_DO_NOT_CALL, piece), 0
    await hold(piece.kind, piece.value)
    query = _CHANGE.format(column=rule.column, after=rule.after, differs=rule.differs)
    if rule.dialing:
        return await _followed(f"{query} returning contact_id", piece), 0
    done = await connection().execute(query, piece.ids, piece.operation_id, piece.user_id, piece.value)
    return int(done.rpartition(" ")[2]), 0


async def _followed(query: str, piece: Slice) -> int:
    rows = await connection().fetch(query, piece.ids, piece.operation_id, piece.user_id, piece.value)
    await follow([row["contact_id"] for row in rows])
    return len(rows)
