"""How often contacts were talked with or about: calls and comments. Runs inside an open workspace transaction."""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection


async def communications(contact_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Contacts without any are left out."""
    rows = await connection().fetch(
        """select contact_id, count(*) as times from (
               select contact_id from calls where contact_id = any($1)
               union all select contact_id from contact_comments where contact_id = any($1)) as talks
           group by contact_id""",
        contact_ids,
    )
    return {row["contact_id"]: row["times"] for row in rows}
