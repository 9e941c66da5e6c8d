"""What an erasure does, each step in a transaction of its own and done twice without harm. Gives how many rows went.

Files go before the rows that know them: a crash in between leaves a row without its file, and the next run takes it.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from ringyard.kit import store
from ringyard.kit.db import connection
from ringyard.kit.text import _
from tenants.do_not_call.service import add_numbers
from tenants.erasing.fields import Identifiers
from tenants.erasing.traces import digit_endings, quoted
from tenants.operations.restoring import forget

SLICE = 20_000
_FEW = 500
_THEIRS = "(contact_id = any ($1::uuid[]) or number = any ($2::text[]))"

Counts = dict[str, int]
Step = Callable[[Identifiers], Awaitable[Counts]]


async def keep_from_calling(who: Identifiers) -> Counts:
    if not who.do_not_call:
        return {}
    return {"do_not_call": await add_numbers(who.numbers, _("Erased at the person's request"), "erasure", None)}


async def drop_recordings(who: Identifiers) -> Counts:
    rows = await connection().fetch(
        f"""select id, file_key from recordings where call_id in (select id from calls where {_THEIRS}) limit {_FEW}""",
        who.contact_ids, who.numbers,
    )  # fmt: skip
    for row in rows:
        await store.delete(row["file_key"])
    await connection().execute("delete from recordings where id = any ($1::uuid[])", [row["id"] for row in rows])
    return {"recordings": len(rows)}


async def anonymise_calls(who: Identifiers) -> Counts:
    """They stay in the reports: when, how long, what came of them; not whom."""
    done = await connection().execute(
        f"""update calls set number = '', contact_id = null, recording_id = null, record = false
            where id in (select id from calls where {_THEIRS} limit {SLICE})""",
        who.contact_ids, who.numbers,
    )  # fmt: skip
    return {"calls": _rows(done)}


async def drop_contacts(who: Identifiers) -> Counts:
    """With all that hangs on them: numbers, comments, documents, consents, dialing lists, places in campaigns."""
    here = connection()
    files = await here.fetch("select file_key from documents where contact_id = any ($1::uuid[])", who.contact_ids)
    for row in files:
        await store.delete(row["file_key"])
    counted = await here.fetchrow(
        """select (select count(*) from contact_comments where contact_id = any ($1::uuid[])) as comments,
                  (select count(*) from consents where contact_id = any ($1::uuid[])) as consents""",
        who.contact_ids,
    )
    assert counted is not None
    gone = await here.execute("delete from contacts where id = any ($1::uuid[])", who.contact_ids)
    return {"contacts": _rows(gone), "documents": len(files), **counted}


async def drop_changes_of_contacts(who: Identifiers) -> Counts:
    await forget(who.contact_ids)
    done = await connection().execute("delete from changes where contact_id = any ($1::uuid[])", who.contact_ids)
    return {"changes": _rows(done)}


async def drop_answers(who: Identifiers) -> Counts:
    """Answers kept for repeated requests."""
    await connection().execute(
        """delete from idempotency where exists (
               select from unnest($1::text[]) as v (text) where position(convert_to(v.text, 'UTF8') in body) > 0)""",
        [*who.numbers, *who.emails],
    )
    return {}


async def junk_slice(who: Identifiers, after: UUID | None) -> tuple[Counts, UUID | None, set[UUID]]:
    """Rows of junk beyond `after` that hold the person are gone; with the last id seen, and whose imports they were."""
    rows = await connection().fetch(
        """with seen as materialized (
               select id, import_id, cells from junk where $1::uuid is null or id > $1 order by id limit $4
           ), theirs as (
               delete from junk where id in (
                   select s.id from seen s cross join jsonb_array_elements_text(s.cells) as cell (text)
                   where regexp_replace(cell.text, '\\D', '', 'g') like any ($2::text[])
                         or exists (select from unnest($3::text[]) as e (mail)
                                    where strpos(lower(cell.text), e.mail) > 0))
               returning import_id
           )
           select (select max(id::text)::uuid from seen) as last, array(select import_id from theirs) as imports""",
        after, digit_endings(who.numbers), who.emails, SLICE,
    )  # fmt: skip
    [row] = rows
    return {"junk": len(row["imports"])}, row["last"], set(row["imports"])


async def changes_slice(who: Identifiers, after: int) -> tuple[Counts, int | None]:
    """Changes of other contacts, those deleted long ago among them, that name the person."""
    row = await connection().fetchrow(
        """with seen as materialized (
               select id, contact_id, before, after from changes where id > $1 order by id limit $3
           ), naming as (
               select id, contact_id from seen
               where lower(before::text) like any ($2::text[]) or lower(after::text) like any ($2::text[])
           ), gone as (
               delete from changes where id in (select id from naming)
                   or contact_id in (select contact_id from naming n
                                     where not exists (select from contacts c where c.id = n.contact_id))
               returning 1
           )
           select (select max(id) from seen) as last, (select count(*) from gone) as gone""",
        after, quoted([*who.numbers, *who.emails]), SLICE,
    )  # fmt: skip
    assert row is not None
    return {"changes": row["gone"]}, row["last"]


async def imports_of(who: Identifiers) -> set[UUID]:
    """Whose uploaded files made these contacts or were merged into them."""
    rows = await connection().fetch(
        """select import_id as id from contacts where id = any ($1::uuid[]) and import_id is not null
           union select operation_id from changes
           where contact_id = any ($1::uuid[]) and source = 'import' and operation_id is not null""",
        who.contact_ids,
    )
    return {row["id"] for row in rows}


def _rows(status: str) -> int:
    return int(status.rpartition(" ")[2])
