"""What a change of a contact's outcome or status does elsewhere: do-not-call list, the agent's dialing list, campaigns.

Runs inside an open workspace transaction.
"""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from tenants.do_not_call.service import add_numbers_of

CLOSED = ("done", "junk", "do_not_call")


async def follow_outcome(contact_id: UUID, user_id: UUID | None) -> None:
    """Call it after an outcome was given or a status set, with the contact as it is then."""
    row = await connection().fetchrow(
        """select c.status, o.kind, o.name from contacts c left join outcomes o on o.id = c.outcome_id
           where c.id = $1""",
        contact_id,
    )
    if row is None:
        return
    if row["kind"] == "do_not_call":
        await add_numbers_of([contact_id], row["name"], "outcome", user_id)
    handed = await connection().fetchval("delete from handouts where contact_id = $1 returning 1", contact_id)
    if handed and row["status"] in CLOSED:
        await close_targets([contact_id], row["status"])


async def close_targets(contact_ids: Sequence[UUID], reason: str) -> None:
    """An agent has dealt with them: campaigns in which they wait no longer call them."""
    await connection().execute(
        """update targets set state = 'done', reason = $2
           where contact_id = any ($1::uuid[]) and state = 'waiting'""",
        list(contact_ids), reason,
    )  # fmt: skip
