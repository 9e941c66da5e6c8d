"""Which contacts an undo left as they are, and why. Runs inside an open workspace transaction."""

from typing import Literal
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from ringyard.kit.keyset import Page, decoded, page
from tenants.imports.service import import_view
from tenants.imports.untouched import STANDING, UNCALLED, UNCHANGED, UNTOUCHED


class TouchedContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that the import `added`, or `merged` rows into, and that has been `called` or `changed` since."""

    id: UUID
    base_id: UUID
    name: str
    number: str | None
    what: Literal["added", "merged"]
    why: Literal["called", "changed"]


_NUMBER = "(select p.number from phones p where p.contact_id = c.id order by p.position limit 1)"
_STAYED = f"""
select 0 as place, c.id as key_contact, 0::bigint as key_change, c.id, c.base_id, c.name, {_NUMBER} as number,
       'added' as what,
       case when exists (select from calls k where k.contact_id = c.id) then 'called' else 'changed' end as why
from contacts c
where c.import_id = $1 and not ({UNTOUCHED}) and $2 = 0 and ($3::uuid is null or c.id > $3)
order by c.id limit $5
"""
_MERGED = f"""
select 1 as place, null::uuid as key_contact, m.id as key_change, c.id, c.base_id, c.name, {_NUMBER} as number,
       'merged' as what, case when {UNCALLED} then 'changed' else 'called' end as why
from changes m join contacts c on c.id = m.contact_id
where {STANDING} and not ({UNCALLED} and {UNCHANGED}) and ($2 = 0 or m.id < $4)
order by m.id desc limit $5
"""


async def touched_of_import(import_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[TouchedContact]:
    """Added contacts first, then merges, the last first. Empty before an undo was asked for. Raises NotFound."""
    if (await import_view(import_id)).undone_at is None:
        return Page([])
    after = decoded(cursor, tuple[int, UUID | None, int]) if cursor else (0, None, 0)
    rows = await connection().fetch(
        f"({_STAYED}) union all ({_MERGED}) order by place, key_contact, key_change desc limit $5",
        import_id, *after, limit + 1,
    )  # fmt: skip
    return page(
        rows, limit,
        lambda row: TouchedContact(**{name: row[name] for name in TouchedContact.__struct_fields__}),
        lambda row: (row["place"], row["key_contact"], row["key_change"]),
    )  # fmt: skip
