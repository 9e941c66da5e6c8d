"""Calls that were reserved and of which nothing was heard: a worker died, or the node did not answer in time.

The channel's id is the row's id. If the channel lives, the call was placed. If it does not, and the controller has
heard every event since the reservation without one of this call, it was never placed: the reservation is taken back and
the contact is due as before. In any other case nobody can know: the call is lost, its contact follows the redial rules.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import structlog

from pbx.ari import Ari, AriError
from pbx.capacity import give_back
from pbx.gateways import gateway
from pbx.health import Health, health_of
from pbx.placing import scope_keys
from ringyard.kit.clock import now
from ringyard.kit.settings import settings
from tenants.calls.lifecycle import Dialing, Ended, Event
from tenants.calls.storing import store
from tenants.campaigns.reserve import unreserve
from tenants.context import current
from tenants.workspace import workspace

log = structlog.get_logger()
UNSURE_AFTER = timedelta(seconds=6)
"""Longer than a placement's time limit: a younger row may still be under way."""

SECOND_LOOK_S = 1.0
"""A node that was frozen answers the first look before it works off the orders that lay in its sockets."""


async def resolve_unsure() -> None:
    """Settle every such call of the workspace, as far as its node and the node's controller can be asked.

    A workspace may have left its former home in the middle of placing calls there.
    """
    rows = await _unsure(now() - UNSURE_AFTER)
    for node in sorted({row["node"] for row in rows}):
        health = await health_of(node)
        if health is not None:
            await _resolve(node, health, [row for row in rows if row["node"] == node])


async def _resolve(node: str, health: Health, rows: list[Any]) -> None:
    ari = gateway(settings(), node)
    try:
        for row in await _absent(ari, await _absent(ari, rows, 0.0), SECOND_LOOK_S):
            await _close(health, row)
    except AriError as error:
        log.warning("calls of unknown fate stay so", node=node, calls=len(rows), reason=str(error))


async def _unsure(before: datetime) -> list[Any]:
    async with workspace() as db:
        return await db.fetch(
            """select id, node, trunk_id, campaign_id, reserved_at from calls
               where ended_at is null and state = 'reserved' and reserved_at < $1""",
            before,
        )


async def _absent(ari: Ari, rows: list[Any], after_s: float) -> list[Any]:
    """Those that have no channel; the others are told to be under way."""
    if rows:
        await asyncio.sleep(after_s)
    absent = []
    for row in rows:
        if await ari.channel(str(row["id"])) is None:
            absent.append(row)
        else:
            await _tell(Dialing(row["id"], now()))
    return absent


async def _close(health: Health, row: Any) -> None:
    if health.connected_since <= row["reserved_at"]:
        async with workspace():
            await unreserve([row["id"]])
        log.info("call was never placed; its contact is due again", call=str(row["id"]))
    else:
        await _tell(Ended(row["id"], now(), "lost"))
    schema = current().schema
    await give_back(scope_keys(row["node"], schema, row["trunk_id"], row["campaign_id"]), schema, [row["id"]])


async def _tell(event: Event) -> None:
    async with workspace():
        await store([event])
