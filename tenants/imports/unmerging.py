"""Taking back what an import gave to contacts that were there before it. Runs inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from tenants.contacts.texts import store_texts
from tenants.imports.untouched import ADDED_CATEGORIES, ADDED_NUMBERS, STANDING, UNCALLED, UNCHANGED

_NEXT = f"""
select m.id, m.contact_id from changes m where {STANDING} and ($2::bigint is null or m.id < $2)
order by m.id desc limit $3
"""
_TAKE_BACK = f"""
with held as (
    select c.id, m.before, m.after, {ADDED_NUMBERS} as numbers, {ADDED_CATEGORIES} as categories
    from changes m join contacts c on c.id = m.contact_id
    where m.id = any($2) and {STANDING} and {UNCALLED} and {UNCHANGED}
    for no key update of c
), numbers as (
    delete from phones p using held h where p.contact_id = h.id and p.number = any(h.numbers)
), fields as (
    update contacts c
    set name = coalesce(h.before ->> 'name', c.name), email = coalesce(h.before ->> 'email', c.email),
        comment = coalesce(h.before ->> 'comment', c.comment),
        external_id = coalesce(h.before ->> 'external_id', c.external_id),
        responsible_id = case when h.after ? 'responsible_id' then (h.before ->> 'responsible_id')::uuid
                              else c.responsible_id end,
        category_ids = array(select id from unnest(c.category_ids) with ordinality k (id, place)
                             where id <> all (h.categories) order by place),
        custom = c.custom - array(select jsonb_object_keys(coalesce(h.after -> 'custom', '{{}}'))),
        modified_at = now()
    from held h where c.id = h.id
), noted as (
    insert into changes (contact_id, operation_id, source, before, after) select id, $1, 'undo', after, before from held
)
select id from held
"""


async def take_back(import_id: UUID, below: int | None, most: int) -> tuple[int | None, int]:
    """The next changes of the import, the last first: (the lowest change looked at, how many were taken back).

    None when there are no more. `below` is the change at which the slice before ended.
    """
    found = await connection().fetch(_NEXT, import_id, below, most)
    rows = _one_per_contact([(row["id"], row["contact_id"]) for row in found])
    if not rows:
        return None, 0
    taken = [row["id"] for row in await connection().fetch(_TAKE_BACK, import_id, [row[0] for row in rows])]
    await store_texts(taken)
    return rows[-1][0], len(taken)


def _one_per_contact(rows: Sequence[tuple[int, UUID]]) -> list[tuple[int, UUID]]:
    """Up to the first contact that comes again: what it was given before is looked at once the later is taken back."""
    seen: set[UUID] = set()
    for place, row in enumerate(rows):
        if row[1] in seen:
            return list(rows[:place])
        seen.add(row[1])
    return list(rows)
