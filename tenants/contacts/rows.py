"""Contacts as they are read from the database. Runs inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from ringyard.kit.db import connection
from tenants.contacts.fields import ContactView, PhoneView

LIVE = "(select contact_id from calls where ended_at is null and contact_id is not null)"
_STORED = (
    "id, base_id, name, email, region, timezone, responsible_id, outcome_id, category_ids, comment, external_id, "
    "custom, import_id, created_at, modified_at"
)
COLUMNS = f"{_STORED}, case when id in {LIVE} then 'in_call' else status end as status"


async def with_phones(rows: Sequence[asyncpg.Record]) -> list[ContactView]:
    """Views of rows that hold `COLUMNS`, in the same order."""
    phones: dict[UUID, list[PhoneView]] = {row["id"]: [] for row in rows}
    found = await connection().fetch(
        """select contact_id, number, kind, region, timezone, bad from phones
           where contact_id = any($1) order by contact_id, position""",
        list(phones),
    )
    for contact_id, *phone in found:
        phones[contact_id].append(PhoneView(**dict(zip(PhoneView.__struct_fields__, phone, strict=True))))
    return [_view(row, phones[row["id"]]) for row in rows]


def _view(row: asyncpg.Record, phones: list[PhoneView]) -> ContactView:
    names = [name for name in ContactView.__struct_fields__ if name != "phones"]
    return ContactView(phones=phones, **{name: row[name] for name in names})
