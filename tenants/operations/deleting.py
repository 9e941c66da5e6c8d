"""Deleting contacts so that they can be put back: all that belongs to one stands in `changes.before` for a while.

Inside an open workspace transaction.
"""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from tenants.contacts.rows import LIVE

TABLES = {
    "phones": "phones",
    "comments": "contact_comments",
    "documents": "documents",
    "consents": "consents",
    "favourites": "favourites",
    "targets": "targets",
}
"""What goes with a contact, by its name in a snapshot. Calls stay; the snapshot knows which were the contact's."""

_LOCK = "select id from contacts where id = any ($1::uuid[]) order by id for update"
_IN_CALL = f"select id from contacts where id = any ($1::uuid[]) and id in {LIVE}"
_PARTS = ", ".join(f"'{name}', {name}.rows" for name in TABLES)
_JOINS = "\n".join(
    f"""left join (select contact_id, jsonb_agg(to_jsonb({table})) as rows from {table}
                   where contact_id = any ($1::uuid[]) group by contact_id) {name} on {name}.contact_id = c.id"""
    for name, table in TABLES.items()
)
_REMEMBER = f"""
insert into changes (contact_id, operation_id, user_id, source, before)
select c.id, $2, $3, 'bulk',
       jsonb_strip_nulls(jsonb_build_object('contact', to_jsonb(c), {_PARTS}, 'calls', calls.ids))
from contacts c {_JOINS}
left join (select contact_id, jsonb_agg(id) as ids from calls where contact_id = any ($1::uuid[]) group by contact_id)
     calls on calls.contact_id = c.id
where c.id = any ($1::uuid[])
"""


async def delete_slice(ids: Sequence[UUID], operation_id: UUID, user_id: UUID | None) -> tuple[int, int]:
    """(deleted, left because they are in a call). Locked first: who is in a call is asked once no call can begin."""
    here = connection()
    locked = {row["id"] for row in await here.fetch(_LOCK, ids)}
    in_call = {row["id"] for row in await here.fetch(_IN_CALL, ids)}
    going = sorted(locked - in_call)
    await here.execute(_REMEMBER, going, operation_id, user_id)
    await here.execute("delete from contacts where id = any ($1::uuid[])", going)
    return len(going), len(in_call)
