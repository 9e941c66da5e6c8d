"""What agents hold, and giving it back. Runs inside an open workspace transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.campaigns.wake import wake
from tenants.contacts.consequences import CLOSED, close_targets
from tenants.contacts.fields import ContactView
from tenants.contacts.rows import COLUMNS, with_phones
from tenants.context import current
from tenants.do_not_call.listed import blocked
from tenants.handouts.fields import Handout
from tenants.workspace_settings.fields import last_release
from tenants.workspace_settings.service import dialing_limits

# A contact that was closed in another way is no longer shown; the sweep takes it out.
_HELD = """
select h.contact_id, h.agent_id, u.name as agent, h.handed_at, made.calls, made.last_call_at, last.result,
       coalesce(made.last_call_at >= h.handed_at, false) as dialed, said.text
from handouts h join contacts c on c.id = h.contact_id join users u on u.id = h.agent_id
cross join lateral (select count(*) as calls, max(reserved_at) as last_call_at from calls
                    where contact_id = h.contact_id) made
left join lateral (select coalesce(result, state) as result from calls where contact_id = h.contact_id
                   order by reserved_at desc limit 1) last on true
left join lateral (select text from contact_comments where contact_id = h.contact_id
                   order by created_at desc limit 1) said on true
where ($1::uuid is null or h.agent_id = $1) and ($2::timestamptz is null or (h.handed_at, h.contact_id) > ($2, $3))
  and c.status not in ('done', 'junk', 'do_not_call')
order by h.handed_at, h.contact_id limit $4
"""


async def list_handouts(agent_id: UUID | None, limit: int = 50, cursor: str | None = None) -> Page[Handout]:
    """Of one agent, or of all; in the order in which they were handed."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(_HELD, agent_id, *after, limit + 1)
    contacts = await _contacts([row["contact_id"] for row in rows])
    listed = await blocked([phone.number for contact in contacts.values() for phone in contact.phones])
    return page(
        rows, limit, lambda row: _view(row, contacts[row["contact_id"]], listed),
        lambda row: (row["handed_at"], row["contact_id"]),
    )  # fmt: skip


async def _contacts(ids: Sequence[UUID]) -> dict[UUID, ContactView]:
    rows = await connection().fetch(f"select {COLUMNS} from contacts where id = any ($1::uuid[])", ids)
    return {view.id: view for view in await with_phones(rows)}


def _view(row: asyncpg.Record, contact: ContactView, listed: set[str]) -> Handout:
    return Handout(
        agent_id=row["agent_id"],
        agent=row["agent"],
        handed_at=row["handed_at"],
        contact=contact,
        listed=[phone.number for phone in contact.phones if phone.number in listed],
        dialed=row["dialed"],
        calls=row["calls"],
        last_call_at=row["last_call_at"],
        last_result=row["result"],
        last_comment=row["text"],
    )


async def give_back(contact_id: UUID, agent_id: UUID | None) -> None:
    """One contact; whoever holds it, if `agent_id` is None. Raises NotFound where it is not held so."""
    gone = await connection().fetchval(
        "delete from handouts where contact_id = $1 and ($2::uuid is null or agent_id = $2) returning 1",
        contact_id, agent_id,
    )  # fmt: skip
    if gone is None:
        raise NotFound(_("This contact is not on the dialing list."))
    await _callable_again([contact_id])


async def settle(contact_id: UUID) -> None:
    """An agent has said what came of it: off the list, and campaigns go by its status."""
    await connection().execute("delete from handouts where contact_id = $1", contact_id)


async def give_all_back(agent_id: UUID) -> int:
    """How many there were."""
    rows = await connection().fetch("delete from handouts where agent_id = $1 returning contact_id", agent_id)
    await _callable_again([row["contact_id"] for row in rows])
    return len(rows)


async def release_at_days_end() -> None:
    """For the sweep, as often as one likes: what was handed before the last release and not called since goes back."""
    await _forget_closed()
    before = last_release(await dialing_limits(), current().timezone, now())
    if before is None:
        return
    rows = await connection().fetch(
        """delete from handouts h where handed_at < $1
           and not exists (select from calls k where k.contact_id = h.contact_id and k.reserved_at >= h.handed_at)
           returning contact_id""",
        before,
    )
    await _callable_again([row["contact_id"] for row in rows])


async def _forget_closed() -> None:
    """Contacts that a bulk change or an import closed while an agent had them."""
    for status in CLOSED:
        rows = await connection().fetch(
            """delete from handouts h using contacts c where c.id = h.contact_id and c.status = $1
               returning h.contact_id""",
            status,
        )
        if rows:
            await close_targets([row["contact_id"] for row in rows], status)


async def _callable_again(ids: Sequence[UUID]) -> None:
    if not ids:
        return
    await connection().execute(
        """update targets set reason = 'due', due_at = now()
           where contact_id = any ($1::uuid[]) and state = 'waiting' and reason = 'reserved'""",
        list(ids),
    )
    schema = current().schema
    after_commit(lambda: wake(schema))
