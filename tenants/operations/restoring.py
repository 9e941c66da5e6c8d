"""Putting deleted contacts back from their snapshots, and forgetting these. Inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import after_commit, connection
from ringyard.kit.store import delete
from tenants.contacts.texts import store_texts
from tenants.exports.forgetting import forget_exported
from tenants.operations.deleting import TABLES

_COLUMNS = """
select array_agg(attname::text order by attnum) from pg_attribute
where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
"""
# A base that is gone takes its contacts along; an outcome that is gone was only a label.
_CONTACTS = """
insert into contacts ({columns})
select {given} from changes k, jsonb_populate_record(null::contacts, k.before -> 'contact') old
where k.id = any ($1::bigint[]) and k.before ? 'contact' and old.base_id in (select id from bases) order by old.id
on conflict do nothing returning id
"""
_OUTCOME = "(select o.id from outcomes o where o.id = old.outcome_id)"
_PARTS = """
insert into {table} ({columns})
select {given} from changes k, jsonb_populate_recordset(null::{table}, k.before -> '{name}') old
where k.id = any ($1::bigint[]) and k.contact_id = any ($2::uuid[]) {still_there}
on conflict do nothing
"""
_CALLS = """
update calls c set contact_id = k.contact_id
from changes k, jsonb_array_elements_text(k.before -> 'calls') call
where k.id = any ($1::bigint[]) and k.contact_id = any ($2::uuid[]) and c.id = call::uuid and c.contact_id is null
"""
_STILL_THERE = {"targets": "and old.campaign_id in (select id from campaigns)"}
# Only which campaigns have to read their base again is still of use.
_RESTORED = """
update changes set before = jsonb_build_object('base_id', before #> '{contact,base_id}')
where id = any ($1::bigint[]) and contact_id = any ($2::uuid[])
"""
_FILES = """
select document ->> 'file_key' as key from changes k, jsonb_array_elements(k.before -> 'documents') document
where k.id = any ($1::bigint[])
"""


async def restore(change_ids: Sequence[int]) -> list[UUID]:
    """The contacts that are back, with all that belonged to them. Their snapshots are then no longer kept."""
    here = connection()
    columns = await _columns("contacts")
    given = [_OUTCOME if name == "outcome_id" else f"old.{name}" for name in columns]
    query = _CONTACTS.format(columns=", ".join(columns), given=", ".join(given))
    back = [row["id"] for row in await here.fetch(query, change_ids)]
    for name, table in TABLES.items():
        await _put_back(name, table, change_ids, back)
    await here.execute(_CALLS, change_ids, back)
    await store_texts(back)
    await here.execute(_RESTORED, change_ids, back)
    return back


async def _put_back(name: str, table: str, change_ids: Sequence[int], back: Sequence[UUID]) -> None:
    columns = await _columns(table)
    query = _PARTS.format(
        table=table, name=name, columns=", ".join(columns), given=", ".join(f"old.{column}" for column in columns),
        still_there=_STILL_THERE.get(table, ""),
    )  # fmt: skip
    await connection().execute(query, change_ids, back)


async def _columns(table: str) -> list[str]:
    return list(await connection().fetchval(_COLUMNS, table))


async def forget_snapshots(change_ids: Sequence[int]) -> None:
    """For good, with the files of documents that only a snapshot still knows."""
    here = connection()
    keys = [row["key"] for row in await here.fetch(_FILES, change_ids)]
    await here.execute("update changes set before = '{}' where id = any ($1::bigint[])", change_ids)
    for key in keys:
        after_commit(lambda key=key: delete(key))  # type: ignore[misc] # bound now, called once


async def forget(contact_ids: Sequence[UUID]) -> None:
    """These people were erased: nothing that a bulk operation or an export remembers of them stays, deleted or not."""
    await forget_exported(contact_ids)
    here = connection()
    rows = await here.fetch(
        "select id from changes where contact_id = any ($1::uuid[]) and operation_id is not null", contact_ids
    )
    ids = [row["id"] for row in rows]
    await forget_snapshots(ids)
    await here.execute("update changes set after = '{}' where id = any ($1::bigint[])", ids)
