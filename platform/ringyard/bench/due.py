"""From due to INVITE: contacts that become due at an even pace while there is capacity to spare."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from ringyard.bench import campaigns
from ringyard.bench.campaigns import Campaign
from ringyard.bench.house import House
from ringyard.kit.clock import now
from tenants.campaigns import enrol, plans
from tenants.workspace import workspace

PER_SECOND = 20.0
COUNT = 400
CHANNELS = 100
FIRST_AFTER = timedelta(seconds=3)


async def due_to_invite(house: House) -> list[float]:
    """Seconds from a contact's due time to its INVITE at the far end. Raises LocalError."""
    campaign = await campaigns.draft(house, "Due one by one", "+4866", COUNT, CHANNELS)
    await _enrol(campaign)
    await _stagger(campaign, now() + FIRST_AFTER)
    await campaigns.start(campaign)
    await campaigns.ended(campaign, 60 + COUNT / PER_SECOND)
    due = await _due(campaign)
    return [invite.at - due[invite.number] for invite in house.far_end.invites(campaign.prefix)]


async def _enrol(campaign: Campaign) -> None:
    """Beforehand, so that no contact is due before its time."""
    last: UUID | None = None
    while True:
        async with workspace():
            plan = (await plans.by_id([campaign.id]))[campaign.id]
            last = await enrol.enrol_slice(plan, last)
        if last is None:
            return


async def _stagger(campaign: Campaign, first: datetime) -> None:
    async with workspace() as connection:
        await connection.execute(
            """update targets t set due_at = $2::timestamptz + (v.place - 1) * $3::interval
               from (select contact_id, row_number() over (order by contact_id) as place from targets
                     where campaign_id = $1) v
               where t.campaign_id = $1 and t.contact_id = v.contact_id""",
            campaign.id,
            first,
            timedelta(seconds=1 / PER_SECOND),
        )


async def _due(campaign: Campaign) -> dict[str, float]:
    async with workspace() as connection:
        rows = await connection.fetch("select number, queued_at from calls where campaign_id = $1", campaign.id)
    return {row["number"]: row["queued_at"].astimezone(UTC).timestamp() for row in rows}
