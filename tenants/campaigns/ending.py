"""How a campaign comes to an end by itself: finished when nobody can become due, paused when its trunk is silent."""

from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.plans import Trunk
from tenants.events import emit

SILENT_LIMIT = 20
"""Calls in a row with no answer at all from the trunk, after which the campaign pauses itself."""


async def finish_if_exhausted(campaign_id: UUID) -> bool:
    """Finish a running campaign that is read in whole, has nobody waiting and no live call."""
    finished = await connection().fetchval(
        """update campaigns c set state = 'finished', finished_at = now()
           where id = $1 and state = 'running' and enrolled_at is not null
             and not exists (select 1 from targets where campaign_id = c.id and state in ('waiting', 'active'))
           returning 1""",
        campaign_id,
    )
    if finished:
        emit("campaign.finished", campaign_id=campaign_id)
    return bool(finished)


def streak_after(streak: int, results: list[str]) -> int:
    """The number of silent calls in a row once these results, oldest first, have come in."""
    for result in results:
        streak = streak + 1 if result == "trunk_silent" else 0
    return streak


async def note_trunk(trunk: Trunk, streak: int) -> None:
    """What a trunk's page says of it: `ready` once it has answered anything, `silent` at the limit."""
    status = "ready" if streak == 0 else "silent" if streak >= SILENT_LIMIT else trunk.status
    if status != trunk.status:
        await connection().execute("update trunks set status = $2 where id = $1", trunk.id, status)


async def note_silence(campaign_id: UUID, streak: int) -> bool:
    """Store the streak; at the limit a running campaign pauses itself, with the reason. Gives whether it did now."""
    paused = await connection().fetchval(
        """update campaigns c
           set silent_streak = $2,
               state = case when o.stops then 'paused' else c.state end,
               pause_reason = case when o.stops then 'trunk_silent' else c.pause_reason end
           from (select id, state = 'running' and $2::int >= $3::int as stops from campaigns where id = $1 for update) o
           where c.id = o.id
           returning o.stops""",
        campaign_id,
        streak,
        SILENT_LIMIT,
    )
    if paused:
        emit("campaign.paused", campaign_id=campaign_id, reason="trunk_silent")
    return bool(paused)
