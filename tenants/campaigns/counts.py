"""How far a campaign is: contacts by status and by reason (each adds up to the base's list), attempts by result.

Counting reads the whole list, so the answer is kept in Redis: for a second, or for ten times as long as counting took.
"""

import time
from collections import Counter
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.cache import cache
from ringyard.kit.clock import now
from ringyard.kit.db import connection
from tenants.campaigns.fields import Counts
from tenants.campaigns.hours import Window, window
from tenants.campaigns.reasons import Standing, of
from tenants.context import current

_CAMPAIGN = """
select c.base_id, c.state, c.enrolled_at is not null as enrolled, s.starts_at, s.ends_at, s.weekdays
from campaigns c join scenarios s on s.id = c.scenario_id where c.id = $1
"""
# Waiting targets are told apart as finely as the reasons need it: by zone, and by whether they are due.
_CONTACTS = """
select case when t.state = 'active' then 'in_call'
            when c.status in ('junk', 'do_not_call', 'callback') then c.status
            when t.state = 'waiting' then 'queued'
            when t.state = 'done' then 'done'
            else c.status end as status,
       t.state, t.reason,
       case when t.state = 'waiting' then t.zone end as zone,
       case when t.state = 'waiting' then greatest(t.due_at, $3) = $3 end as due,
       count(*) as n
from contacts c left join targets t on t.campaign_id = $1 and t.contact_id = c.id
where c.base_id = $2
group by 1, 2, 3, 4, 5
"""
_ATTEMPTS = """
select coalesce(result, 'in_progress') as result, count(*) as n from calls where campaign_id = $1 group by 1
"""


async def counts_of(campaign_id: UUID, state: str) -> Counts:
    """Runs inside an open workspace transaction. `state` keeps a moved campaign from being shown as it was."""
    key = f"{current().schema}:counts:{campaign_id}:{state}"
    kept = await cache().get(key)
    if kept:
        return msgspec.json.decode(kept, type=Counts)
    began = time.monotonic()
    counts = await _count(campaign_id)
    life_ms = max(1000, int((time.monotonic() - began) * 10_000))
    await cache().set(key, msgspec.json.encode(counts), px=life_ms)
    return counts


async def _count(campaign_id: UUID) -> Counts:
    [campaign] = await connection().fetch(_CAMPAIGN, campaign_id)
    at = now()
    groups = await connection().fetch(_CONTACTS, campaign_id, campaign["base_id"], at)
    hours = window(campaign["starts_at"], campaign["ends_at"], campaign["weekdays"])
    contacts, reasons = Counter[str](), Counter[str]()
    for group in groups:
        contacts[group["status"]] += group["n"]
        reasons[_reason(group, campaign, hours)] += group["n"]
    attempts = {row["result"]: row["n"] for row in await connection().fetch(_ATTEMPTS, campaign_id)}
    return Counts(dict(contacts), attempts, dict(reasons))


def _reason(group: asyncpg.Record, campaign: asyncpg.Record, hours: Window) -> str:
    if group["state"] is None:
        return reason_outside(group["status"], campaign["state"], campaign["enrolled"])
    at = now()
    due_at = at if group["due"] else at.replace(year=at.year + 1)
    standing = Standing(group["state"], group["reason"], group["zone"] or "UTC", due_at, campaign["state"])
    return of(standing, hours, at)[0]


def reason_outside(status: str, campaign_state: str, enrolled: bool) -> str:
    """For a contact of the base that the campaign has not (yet) taken in."""
    if status in ("junk", "do_not_call"):
        return status
    if campaign_state != "running":
        return "campaign_not_running"
    return "no_campaign" if enrolled else "due"
