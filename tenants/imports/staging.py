"""A slice on its way into the base: COPY to tables of this transaction only.

Runs inside an open workspace transaction.
"""

import io

import msgspec

from ringyard.kit.db import connection
from tenants.imports.reading import Payloads

# A slice sorts and joins in memory, and never by sorting what a hash finds.
_TABLES = """
set local work_mem = '64MB';
set local enable_mergejoin = off;
create temp table staged (row_number bigint, id uuid, name text, email text, region text, timezone text,
    responsible_id uuid, categories text[], comment text, external_id text, custom jsonb, again boolean)
    on commit drop;
create temp table staged_phones (contact_id uuid, position smallint, number text, kind text, region text,
    timezone text) on commit drop;
create temp table matched (staged_id uuid, contact_id uuid, scope smallint, again boolean, joins boolean, news boolean)
    on commit drop;
create temp table barred (staged_id uuid) on commit drop;
create temp table labels (categories text[], ids uuid[]) on commit drop;
create temp table grown (contact_id uuid, before text[], after text[]) on commit drop
"""
_JUNK = ["id", "import_id", "base_id", "row_number", "column_number", "cells", "reason", "repair", "proposal"]


class Facts(msgspec.Struct, frozen=True):
    """What spares statements: how many rows are staged, whether rows come `again`, and whether any has categories."""

    rows: int
    again: int
    labelled: bool


async def stage(payloads: Payloads) -> Facts:
    """Contacts and phones; junk is for `store_junk`."""
    contacts, phones, _junk = payloads
    await connection().execute(_TABLES)
    await _copy("staged", None, contacts)
    await _copy("staged_phones", None, phones)
    row = await connection().fetchrow(
        """select count(*) as rows, count(*) filter (where again) as again,
               coalesce(bool_or(categories <> '{}'), false) as labelled from staged"""
    )
    assert row is not None
    return Facts(**row)


async def store_junk(payloads: Payloads) -> None:
    """Where people find it."""
    await _copy("junk", _JUNK, payloads[2])


async def _copy(table: str, columns: list[str] | None, payload: bytes) -> None:
    if payload:
        await connection().copy_to_table(table, source=io.BytesIO(payload), columns=columns, format="text")
