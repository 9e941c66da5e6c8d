"""Comparing our rows with the node's channels: after every (re)connect and each minute.

Nothing is replayed by a node, so what happened unheard is found here. A call whose channel is gone is closed as lost;
a living one is watched on from where it is; a channel whose call is over is hung up. Rows are read before the channels,
so a call that was known then must have a channel; what is found goes behind the events that are already queued.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog

from pbx.ari import Ari, AriError, RawChannel
from pbx.capacity import give_back, keys_of, leased
from pbx.flow import Flow
from pbx.health import Health
from pbx.legs import second_leg_id
from pbx.orders import playback_id
from pbx.watching import Watching
from ringyard.kit.clock import now
from ringyard.kit.settings import NodeSettings
from tenants import registry
from tenants.calls.lifecycle import Arrived, Ended, Event, Ringing
from tenants.context import Tenant, acting_for
from tenants.workspace import workspace

log = structlog.get_logger()
EVENTS_COME_S = 1.0
"""A call's own end, if it was heard, is in its inbox by then and comes first."""

SETTLED_BY = timedelta(seconds=30)
"""A dialer places or settles what it has reserved in less; later nobody will."""

STARTED_BY = timedelta(seconds=20)
"""An answered call plays or rings its second leg in less, detection of machines included."""


class Post(Protocol):
    """Puts an event behind those that a workspace's inbox already has."""

    def __call__(self, schema: str, event: Event) -> None: ...


class Reconciler:
    def __init__(self, node: NodeSettings, ari: Ari, watching: Watching, flow: Flow, post: Post) -> None:
        self._node = node
        self._ari = ari
        self._watching = watching
        self._flow = flow
        self._post = post

    async def run(self, health: Health) -> None:
        """Compare all workspaces. A node or database that is away: the next connect or minute comes."""
        try:
            tenants = await registry.all_active()
            rows = {tenant.schema: await self._live_rows(tenant) for tenant in tenants}
            channels = {channel.id: channel for channel in await self._ari.channels()}
            await asyncio.sleep(EVENTS_COME_S)
            for tenant in tenants:
                await self._compare(tenant, rows[tenant.schema], channels, health)
            await self._hang_up_strangers(tenants, rows, channels)
            await self._stale_leases()
        except AriError as error:
            log.warning("reconcile put off", node=self._node.name, reason=str(error))
        except Exception:
            log.exception("reconcile failed", node=self._node.name)

    async def _live_rows(self, tenant: Tenant) -> list[Any]:
        with acting_for(tenant):
            async with workspace() as db:
                return await db.fetch(
                    """select id, state, ringing_at, answered_at, reserved_at from calls
                       where node = $1 and ended_at is null""",
                    self._node.name,
                )

    async def _compare(self, tenant: Tenant, rows: list[Any], channels: dict[str, RawChannel], health: Health) -> None:
        lost = 0
        for row in rows:
            channel = channels.get(str(row["id"]))
            if channel is not None:
                await self._watch_on(tenant, row, channel, channels, health)
            elif _is_lost(row, health.started_at):
                self._post(tenant.schema, Ended(row["id"], now(), "lost"))
                lost += 1
        if lost:
            log.warning("calls without a channel", node=self._node.name, workspace=tenant.slug, calls=lost)

    async def _watch_on(
        self, tenant: Tenant, row: Any, channel: RawChannel, channels: dict[str, RawChannel], health: Health
    ) -> None:
        call_id = str(row["id"])
        up, ringing = channel.state == "Up", channel.state == "Ringing"
        self._watching.restore(call_id, bool(row["ringing_at"]) or ringing, bool(row["answered_at"]) or up)
        if ringing and row["ringing_at"] is None:
            self._post(tenant.schema, Ringing(row["id"], now()))
        if not up:
            return
        if second_leg_id(call_id) in channels:
            self._flow.adopt(tenant.schema, call_id)
        elif row["answered_at"] is None:
            self._post(tenant.schema, Arrived(row["id"], now()))
        elif _under_way(row, health):
            return
        elif not await self._ari.playback_exists(playback_id(tenant.schema, call_id)):
            await self._ari.hangup(call_id)

    async def _hang_up_strangers(
        self, tenants: list[Tenant], rows: dict[str, list[Any]], channels: dict[str, RawChannel]
    ) -> None:
        """Channels of calls that are over: a second leg whose controller died, a call closed as lost too early."""
        for tenant in tenants:
            live = {str(row["id"]) for row in rows[tenant.schema]}
            known = live | {second_leg_id(call_id) for call_id in live}
            mine = {key for key, channel in channels.items() if channel.channelvars.get("RY_TENANT") == tenant.schema}
            for channel_id in mine - known:
                if await self._is_over(tenant, UUID(channel_id)):
                    await self._ari.hangup(channel_id)

    async def _is_over(self, tenant: Tenant, call_id: UUID) -> bool:
        """Ended, or no call at all; one reserved since the rows were read is neither."""
        with acting_for(tenant):
            async with workspace() as db:
                live = await db.fetchval("select ended_at is null from calls where id = $1", call_id)
        return not live and not self._flow.owns(str(call_id))

    async def _stale_leases(self) -> None:
        """Places of calls that are over: whoever took or ended them died before giving the place back."""
        held = await leased(self._node.name)
        aged = set(await leased(self._node.name, SETTLED_BY.total_seconds()))
        for schema in {schema for schema, _ in held}:
            tenant = await registry.by_schema(schema)
            if tenant is not None:
                with acting_for(tenant):
                    mine = [call_id for owner, call_id in held if owner == schema]
                    await self._free(schema, mine, {call_id for owner, call_id in aged if owner == schema})

    async def _free(self, schema: str, ids: list[UUID], aged: set[UUID]) -> None:
        """A worker that died between taking places and reserving has left leases without any row."""
        async with workspace() as db:
            rows = await db.fetch("select id, ended_at from calls where id = any ($1::uuid[])", ids)
        ended = {row["id"] for row in rows if row["ended_at"]}
        over = ended | (aged - {row["id"] for row in rows})
        if over:
            await give_back(await keys_of(self._node.name, schema), schema, sorted(over))


def _is_lost(row: Any, started_at: datetime) -> bool:
    """A reserved call may be on its way to the node: the dialer settles it, unless it has had its time."""
    reserved_at: datetime = row["reserved_at"]
    return row["state"] != "reserved" or reserved_at < max(started_at, now() - SETTLED_BY)


def _under_way(row: Any, health: Health) -> bool:
    """Answered a moment ago, while we were listening: its detection or destination is still beginning."""
    answered_at: datetime = row["answered_at"]
    return answered_at > max(health.connected_since, now() - STARTED_BY)
