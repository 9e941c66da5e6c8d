"""The demo's bases, filled by COPY as imports are. Inside an open workspace transaction."""

from uuid import UUID

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.ids import new_id
from ringyard.local.demo_people import Person, people
from tenants.bases.service import base_called
from tenants.contacts.texts import store_texts

_CONTACT = ("id", "base_id", "name", "region", "timezone", "created_at", "modified_at")
_PHONE = ("contact_id", "position", "number", "kind", "region", "timezone")


async def base_of(name: str, size: int, chance: int) -> UUID:
    """The base of this name; filled with `size` contacts if it has none."""
    base = await base_called(name)
    if not await connection().fetchval("select exists (select from contacts where base_id = $1)", base.id):
        await _fill(base.id, [(new_id(), person) for person in people(size, chance)])
    return base.id


async def _fill(base_id: UUID, made: list[tuple[UUID, Person]]) -> None:
    at = now()
    await connection().copy_records_to_table(
        "contacts",
        columns=_CONTACT,
        records=[(key, base_id, one.name, one.phone.region, one.phone.timezone, at, at) for key, one in made],
    )
    await connection().copy_records_to_table(
        "phones",
        columns=_PHONE,
        records=[(key, 0, one.phone.number, one.phone.kind, one.phone.region, one.phone.timezone) for key, one in made],
    )
    await store_texts([key for key, _ in made])
