"""Handing contacts to an agent: two who ask at once never get the same, and no campaign calls what was handed.

Runs inside an open workspace transaction.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, NotFound, invalid
from ringyard.kit.text import _
from tenants.campaigns.passing_over import WITH_AGENT
from tenants.events import emit
from tenants.handouts.fields import Handed, Wanted
from tenants.workspace_settings.service import dialing_limits

# In the order of an index: who was left untouched longest comes first, and that is the order of their import.
# A callback is due unless a campaign keeps it for later.
_PICK = """
select c.id from contacts c
where c.base_id = $1 and ($2::uuid is null or c.category_ids @> array[$2::uuid]) and c.status = any ($3::text[])
  and (c.responsible_id is null or c.responsible_id = $4)
  and not exists (select from handouts h where h.contact_id = c.id)
  and (c.status = 'callback' or not exists (select from calls k where k.contact_id = c.id))
  and not exists (select from targets t where t.contact_id = c.id
                  and (t.state = 'active' or t.state = 'waiting' and c.status = 'callback' and t.due_at > now()))
  and exists (select from phones p where p.contact_id = c.id and not p.bad
              and not exists (select from do_not_call d where d.number = p.number)
              and not exists (select from ext.on_service_list(array[p.number])))
order by c.modified_at, c.id limit $5
for update of c skip locked
"""
_UNDIALED = """
select count(*) from handouts h join contacts c on c.id = h.contact_id
where h.agent_id = $1 and c.status not in ('done', 'junk', 'do_not_call')
  and not exists (select from calls k where k.contact_id = h.contact_id and k.reserved_at >= h.handed_at)
"""


async def hand_out(agent_id: UUID, wanted: Wanted) -> Handed:
    """Callbacks that are due first, then who was never called. Raises NotFound, Invalid, Conflict at the limit."""
    await _check(wanted)
    await connection().execute(
        "select 1 from users where id = $1 for update", agent_id
    )  # one agent asks once at a time
    limit, held = (await dialing_limits()).numbers_at_once, await undialed(agent_id)
    room = min(limit - held, wanted.count or limit)
    if room <= 0:
        raise Conflict(_("You hold {held} numbers that are not dialed yet, and that is the limit.", held=held))
    taken: list[UUID] = []
    for statuses in (["callback"], ["new", "queued"]):
        if len(taken) < room:
            taken += await _take(agent_id, wanted, statuses, room - len(taken))
    if taken:
        emit("contact.handed", agent_id=agent_id, count=len(taken))
    return Handed(taken=taken, held=held + len(taken), limit=limit)


async def undialed(agent_id: UUID) -> int:
    """What counts against the limit: handed to the agent, open, and not called since."""
    return int(await connection().fetchval(_UNDIALED, agent_id))


async def _check(wanted: Wanted) -> None:
    if wanted.count is not None and wanted.count < 1:
        raise invalid("count", _("Ask for at least one number."))
    if not await connection().fetchval("select exists (select from bases where id = $1)", wanted.base_id):
        raise NotFound(_("There is no such base."))


async def _take(agent_id: UUID, wanted: Wanted, statuses: list[str], room: int) -> list[UUID]:
    rows = await connection().fetch(_PICK, wanted.base_id, wanted.category_id, statuses, agent_id, room)
    free = await _held_back([row["id"] for row in rows])
    taken: Sequence[Any] = await connection().fetch(
        """insert into handouts (contact_id, agent_id)
           select v.id, $2 from unnest($1::uuid[]) with ordinality as v (id, place) order by v.place
           on conflict (contact_id) do nothing returning contact_id""",
        free, agent_id,
    )  # fmt: skip
    return [row["contact_id"] for row in taken]


async def _held_back(ids: Sequence[UUID]) -> list[UUID]:
    """Campaigns do not call them for now; without those that a campaign has begun to call this very moment.

    The dialer locks a target before it looks whether it is due: either it comes first and is seen here, or it sees
    that the target is no longer due.
    """
    await connection().execute(
        """update targets set reason = 'reserved', due_at = $2
           where contact_id = any ($1::uuid[]) and state = 'waiting' and due_at < $2""",
        list(ids), now() + WITH_AGENT,
    )  # fmt: skip
    active = await connection().fetch(
        "select contact_id from targets where contact_id = any ($1::uuid[]) and state = 'active'", list(ids)
    )
    in_call = {row["contact_id"] for row in active}
    return [contact_id for contact_id in ids if contact_id not in in_call]
