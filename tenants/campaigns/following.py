"""What campaigns do when many contacts move or change their status at once. Inside an open workspace transaction.

One contact's change may wait until it is due; a hundred thousand of them at the head of the queue would hold it up.
"""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection

_CLOSE = """
update targets t
set state = 'done', reason = case when c.status in ('junk', 'do_not_call') then c.status else 'no_campaign' end
from contacts c, campaigns k
where t.contact_id = any ($1::uuid[]) and t.state = 'waiting' and c.id = t.contact_id and k.id = t.campaign_id
      and (c.status in ('junk', 'do_not_call') or k.base_id <> c.base_id)
"""
# Attempts and the time at which it is due are those of before: whoever comes back is not called more often for it.
_REOPEN = """
update targets t set state = 'waiting', reason = 'due' from contacts c, campaigns k
where t.contact_id = any ($1::uuid[]) and t.state = 'done' and t.reason in ('no_campaign', 'junk', 'do_not_call')
      and c.id = t.contact_id and k.id = t.campaign_id
      and c.status not in ('junk', 'do_not_call') and k.base_id = c.base_id
"""
_HANDED_BACK = """
delete from handouts h using contacts c
where h.contact_id = any ($1::uuid[]) and c.id = h.contact_id and c.status in ('done', 'junk', 'do_not_call')
"""


async def follow(contact_ids: Sequence[UUID]) -> None:
    """Contacts that are in another base now, junk or not to be called are no longer due; those that came back are.

    Agents no longer have those that are closed.
    """
    await connection().execute(_CLOSE, list(contact_ids))
    await connection().execute(_REOPEN, list(contact_ids))
    await connection().execute(_HANDED_BACK, list(contact_ids))
