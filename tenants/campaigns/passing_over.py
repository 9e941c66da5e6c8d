"""Due contacts that are not called after all: a listed number, an agent who has the contact. Inside a transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.plans import Plan
from tenants.campaigns.redial import past_listed
from tenants.campaigns.targets import Decided, locked_targets, progress_of, save_verdicts

BUSY_ELSEWHERE = timedelta(seconds=60)
WITH_AGENT = timedelta(minutes=10)
"""Giving the contact back makes it due at once; this is only how often a campaign asks by itself."""


async def pass_listed(plan: Plan, contacts: Sequence[UUID], at: datetime) -> None:
    """The number that is next is on a do-not-call list: on to the card's next one, or done when there is none."""
    if not contacts:
        return
    targets = await locked_targets([(plan.id, contact_id) for contact_id in contacts], "waiting")
    decided: list[Decided] = [
        (target, past_listed(progress_of(target, plan), plan.rules, target["zone"], at), None) for target in targets
    ]
    if decided:
        await save_verdicts(decided)
    await _no_longer_queued([target["contact_id"] for target, verdict, _ in decided if verdict.state == "done"])


async def postpone(campaign_id: UUID, contacts: Sequence[UUID], reason: str, until: datetime) -> None:
    if contacts:
        await connection().execute(
            """update targets set due_at = $3, reason = $4
               where campaign_id = $1 and contact_id = any ($2::uuid[])""",
            campaign_id, list(contacts), until, reason,
        )  # fmt: skip


async def _no_longer_queued(contacts: Sequence[UUID]) -> None:
    """Nobody has called them, so they are as new; unless another campaign still has them waiting."""
    if contacts:
        await connection().execute(
            """update contacts c set status = 'new' where id = any ($1::uuid[]) and status = 'queued'
               and not exists (select from targets t where t.contact_id = c.id and t.state <> 'done')""",
            list(contacts),
        )
