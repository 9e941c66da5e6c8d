"""Calls that were reserved and of which nothing was heard: a worker died, or the node did not answer in time.

The channel's id is the row's id. If the channel lives, the call was placed. If it does not, and the controller has
heard every event since the reservation without one of this call, it was never placed: the reservation is taken back and
the contact is due as before. In any other case nobody can know: the call is lost, its contact follows the redial rules.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from pbx.ari import Ari, AriError
from pbx.gateways import gateway
from pbx.health import Health, health_of
from ringyard.kit.clock import now
from ringyard.kit.settings import NodeSettings, settings
from tenants.calls.lifecycle import Dialing, Ended, Event
from tenants.calls.storing import store
from tenants.campaigns.reserve import unreserve
from tenants.workspace import workspace

log = structlog.get_logger()
UNSURE_AFTER = timedelta(seconds=6)
"""Longer than a placement's time limit: a younger row may still be under way."""


async def resolve_unsure(node: NodeSettings) -> None:
    """Settle every such call of the workspace on this node, as far as the node and its controller can be asked."""
    rows = await _unsure(node.name, now() - UNSURE_AFTER)
    health = await health_of(node.name) if rows else None
    if health is None:
        return
    ari = gateway(settings(), node.name)
    for row in rows:
        try:
            await _settle(ari, health, row)
        except AriError as error:
            log.warning("call of unknown fate stays so", call=str(row["id"]), reason=str(error))
            return


async def _unsure(node: str, before: datetime) -> list[Any]:
    async with workspace() as db:
        return await db.fetch(
            """select id, reserved_at from calls
               where node = $1 and ended_at is null and state = 'reserved' and reserved_at < $2""",
            node,
            before,
        )


async def _settle(ari: Ari, health: Health, row: Any) -> None:
    call_id: UUID = row["id"]
    if await ari.channel(str(call_id)) is not None:
        return await _tell(Dialing(call_id, now()))
    if health.connected_since <= row["reserved_at"]:
        async with workspace():
            await unreserve([call_id])
        log.info("call was never placed; its contact is due again", call=str(call_id))
        return None
    return await _tell(Ended(call_id, now(), "lost"))


async def _tell(event: Event) -> None:
    async with workspace():
        await store([event])
