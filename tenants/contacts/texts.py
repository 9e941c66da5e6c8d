"""What is searched and sorted by letters, kept apart from `contacts`: nothing else writes `contact_texts`, but for the
region, which a trigger keeps as the contact's.

Whoever makes a contact or changes its name, e-mail, own ID or numbers calls `store_texts` in the same transaction. A
large import leaves it to the job `write_texts`, slice by slice: trigrams cost more than all the rest of a row.
"""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from tenants.contacts.folding import folded
from tenants.jobs import enqueue
from tenants.workspace import workspace

SLICE = 10_000
_LOST_S = 180

TEXTS = f"""
select c.id as contact_id, c.region as contact_region, {folded("c.name")} as name,
       {folded("c.name || ' ' || c.email || ' ' || c.external_id")}
           || coalesce((select string_agg(' ' || ltrim(p.number, '+'), '' order by p.position)
                        from phones p where p.contact_id = c.id), '') as words
from contacts c
"""
"""What the search texts ought to be: tests compare it with what is stored."""

_STORE = f"""
insert into contact_texts (contact_id, contact_region, name, words) {TEXTS} where c.id = any($1)
on conflict (contact_id) do update set
    contact_region = excluded.contact_region, name = excluded.name, words = excluded.words
where (contact_texts.contact_region, contact_texts.name, contact_texts.words)
    is distinct from (excluded.contact_region, excluded.name, excluded.words)
"""

# A text that is there was written beside a change of its contact, so it is newer than what this slice has seen.
_ADD = f"""
insert into contact_texts (contact_id, contact_region, name, words) {TEXTS} where c.id = any($1) on conflict do nothing
"""

_OF_IMPORT = "select id from contacts where import_id = $1 and ($2::uuid is null or id > $2) order by id limit $3"


async def store_texts(contact_ids: Sequence[UUID]) -> None:
    """Write the texts of these contacts anew. Inside the transaction that changed them, so they are locked."""
    await connection().execute(_STORE, contact_ids)


async def write_texts(import_id: UUID) -> None:
    """The job of that name: the texts of a large import's contacts, once it has ended. May run twice."""
    while await write_slice(import_id):
        pass


async def write_slice(import_id: UUID) -> bool:
    """One slice in a transaction of its own, which also moves the checkpoint; whether there may be more."""
    async with workspace() as here:
        row = await here.fetchrow(
            """select texts_after from imports where id = $1 and texts_done_at is null
               and state in ('done', 'failed', 'cancelled') for update""",
            import_id,
        )
        if row is None:
            return False
        ids = [one["id"] for one in await here.fetch(_OF_IMPORT, import_id, row["texts_after"], SLICE)]
        await here.execute(_ADD, ids)
        await here.execute(
            """update imports set texts_after = coalesce($2, texts_after),
                   texts_done_at = case when $3 then now() end where id = $1""",
            import_id, ids[-1] if ids else None, len(ids) < SLICE,
        )  # fmt: skip
        return len(ids) == SLICE


async def write_lost_texts() -> None:
    """Ask again for the texts of imports that ended a while ago. Runs inside an open workspace transaction."""
    rows = await connection().fetch(
        """select id from imports where texts_done_at is null and state in ('done', 'failed', 'cancelled')
           and coalesce(finished_at, moved_at, created_at) < now() - make_interval(secs => $1)""",
        _LOST_S,
    )
    for row in rows:
        enqueue("write_texts", import_id=str(row["id"]))
