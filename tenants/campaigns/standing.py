"""Why one contact is not being called now: its place in the campaign that concerns it most. Inside a transaction."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.text import _
from tenants.campaigns.counts import reason_outside
from tenants.campaigns.hours import window
from tenants.campaigns.reasons import Standing, of
from tenants.do_not_call.listed import blocked


class Dialing(msgspec.Struct, frozen=True):
    """`until` is null where only somebody's action changes it."""

    reason: str
    until: datetime | None
    campaign_id: UUID | None = None


# A live call first, then who may be called soonest by a running campaign, then the newest campaign.
_TARGET = """
select t.campaign_id, t.state, t.reason, t.zone, t.due_at, c.state as campaign_state,
       s.starts_at, s.ends_at, s.weekdays
from targets t join campaigns c on c.id = t.campaign_id join scenarios s on s.id = c.scenario_id
where t.contact_id = $1
order by t.state = 'active' desc, t.state = 'waiting' and c.state = 'running' desc, t.state = 'waiting' desc,
         case when t.state = 'waiting' then t.due_at end, c.id desc
limit 1
"""
_CAMPAIGN = """
select id, state, enrolled_at is not null as enrolled from campaigns where base_id = $1
order by state = 'running' desc, id desc limit 1
"""


async def dialing_of(contact_id: UUID) -> Dialing:
    """Raises NotFound."""
    contact = await connection().fetchrow("select base_id, status from contacts where id = $1", contact_id)
    if contact is None:
        raise NotFound(_("There is no such contact."))
    target = await connection().fetchrow(_TARGET, contact_id)
    if target is not None and target["state"] == "active":
        return _in_campaign(target)
    if contact["status"] in ("junk", "do_not_call"):
        return Dialing(contact["status"], None)
    if await _all_listed(contact_id):
        return Dialing("do_not_call", None)
    if await connection().fetchval("select exists (select from handouts where contact_id = $1)", contact_id):
        return Dialing("reserved", None, target["campaign_id"] if target else None)
    return _in_campaign(target) if target is not None else await _outside(contact)


async def _all_listed(contact_id: UUID) -> bool:
    """It has numbers, and every one that exists is on a do-not-call list."""
    rows = await connection().fetch("select number from phones where contact_id = $1 and not bad", contact_id)
    numbers = {row["number"] for row in rows}
    return bool(numbers) and numbers == await blocked(list(numbers))


def _in_campaign(target: asyncpg.Record) -> Dialing:
    hours = window(target["starts_at"], target["ends_at"], target["weekdays"])
    standing = Standing(*(target[name] for name in ("state", "reason", "zone", "due_at", "campaign_state")))
    return Dialing(*of(standing, hours, now()), target["campaign_id"])


async def _outside(contact: asyncpg.Record) -> Dialing:
    row = await connection().fetchrow(_CAMPAIGN, contact["base_id"])
    if row is None:
        return Dialing("no_campaign", None)
    return Dialing(reason_outside(contact["status"], row["state"], row["enrolled"]), None, row["id"])
