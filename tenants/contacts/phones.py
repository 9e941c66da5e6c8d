"""The numbers of one contact. Runs inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.phone import Phone


async def store_phones(contact_id: UUID, phones: Sequence[Phone]) -> None:
    """These numbers, in this order, replace all there were; a number that stays is still known to be bad."""
    bad = {
        row["number"]
        for row in await connection().fetch("select number from phones where contact_id = $1 and bad", contact_id)
    }
    await connection().execute("delete from phones where contact_id = $1", contact_id)
    await connection().executemany(
        """insert into phones (contact_id, position, number, kind, region, timezone, bad)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        [
            (contact_id, position, phone.number, phone.kind, phone.region, phone.timezone, phone.number in bad)
            for position, phone in enumerate(phones)
        ],
    )
