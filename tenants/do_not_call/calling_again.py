"""What taking numbers off a do-not-call list does: contacts that were left out because of them may be called again.

Runs inside an open workspace transaction. What a person said about a contact stays: a contact whose status somebody
set to do-not-call is not called, whatever the lists say.
"""

from uuid import UUID

from ringyard.kit.db import after_commit, connection
from tenants.campaigns import plans
from tenants.campaigns.enrol import enrol_contacts
from tenants.campaigns.wake import wake
from tenants.context import current
from tenants.do_not_call.listed import listed_among

# An import gives this status to rows whose every number is listed; nobody has touched the contact since.
_NEW_AGAIN = f"""
with cards as materialized (
    select p.contact_id, p.number from phones p join contacts c on c.id = p.contact_id
    where p.contact_id = any ($1::uuid[]) and c.status = 'do_not_call' and c.import_id is not null
          and c.modified_at = c.created_at and c.outcome_id is null
), listed as materialized (
    {listed_among("array(select number from cards)")}
)
update contacts set status = 'new'
where id in (select contact_id from cards where number not in (select number from listed))
"""


async def call_again(number: str) -> None:
    """The job `call_again`: an E.164 number that was taken off a list. May run twice."""
    ids = await _contacts_with(number)
    if not ids:
        return
    await connection().execute(_NEW_AGAIN, ids)
    rows = await connection().fetch(
        """select distinct k.id from campaigns k join contacts c on c.base_id = k.base_id
           where c.id = any ($1::uuid[]) and k.state in ('running', 'paused')""",
        ids,
    )
    for plan in (await plans.by_id([row["id"] for row in rows])).values():
        await enrol_contacts(plan, ids)
    schema = current().schema
    after_commit(lambda: wake(schema))


async def _contacts_with(number: str) -> list[UUID]:
    rows = await connection().fetch("select contact_id from phones where number = $1", number)
    return [row["contact_id"] for row in rows]
