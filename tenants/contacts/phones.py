"""The numbers of one contact. Runs inside an open workspace transaction."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.phone import Phone


async def store_phones(contact_id: UUID, phones: Sequence[Phone], marks: Mapping[str, bool]) -> None:
    """These numbers, in this order, replace all there were; one without a mark of its own stays bad if it was."""
    rows = await connection().fetch("select number from phones where contact_id = $1 and bad", contact_id)
    bad = {**{row["number"]: True for row in rows}, **marks}
    await connection().execute("delete from phones where contact_id = $1", contact_id)
    await connection().executemany(
        """insert into phones (contact_id, position, number, kind, region, timezone, bad)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        [
            (contact_id, position, phone.number, phone.kind, phone.region, phone.timezone, bad.get(phone.number, False))
            for position, phone in enumerate(phones)
        ],
    )
