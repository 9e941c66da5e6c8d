"""The dialer of one workspace: looks for due contacts, takes capacity, reserves, and has the calls placed."""

import asyncio
import time
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from pbx.capacity import give_back, take
from pbx.health import health_of
from pbx.placing import scopes
from ringyard.kit.clock import now
from ringyard.kit.ids import new_id
from tenants.campaigns import plans
from tenants.campaigns.ending import finish_if_exhausted
from tenants.campaigns.plans import Plan
from tenants.campaigns.reserve import Reservation, next_due, open_zones, reserve
from tenants.context import Tenant
from tenants.workspace import workspace
from worker.dialing.home import Home
from worker.dialing.lease import Lease
from worker.dialing.placer import Placer
from worker.dialing.unsure import resolve_unsure
from worker.dialing.wakeups import Wakeups

log = structlog.get_logger()
TICK_S = 1.0
BATCH = 25
PAUSE_S = 0.04
"""Between two looks at the same campaign: calls that become possible meanwhile go out together."""


@dataclass
class Running:
    """A campaign as last looked at: its open time zones, and when (monotonic) it may be worth trying again."""

    plan: Plan
    zones: list[str]
    try_at: float = field(default=0.0)


class Dialer:
    def __init__(self, tenant: Tenant, home: Home, lease: Lease, wakeups: Wakeups) -> None:
        self._tenant = tenant
        self._home = home
        self._node = home.node
        self._lease = lease
        self._wakeups = wakeups
        self._placer = Placer(tenant, home.node, wakeups)

    async def run(self, seconds: float) -> bool:
        """Dial for so long; gives whether there is any work left. Placements under way are waited for."""
        ends = time.monotonic() + seconds
        try:
            while time.monotonic() < ends and not self._lease.lost:
                running = await self._look()
                if not running:
                    return False
                await self._tick(running, min(ends, time.monotonic() + TICK_S))
        finally:
            await self._placer.finish()
        return True

    async def _look(self) -> list[Running]:
        """The running campaigns, those that are over finished; calls of unknown fate are settled."""
        self._wakeups.look_again = False
        await resolve_unsure()
        at = now()
        async with workspace():
            found = [Running(plan, await open_zones(plan, at)) for plan in await plans.running()]
            over = [one.plan.id for one in found if not one.zones and await finish_if_exhausted(one.plan.id)]
        return [one for one in found if one.plan.id not in over]

    async def _tick(self, running: list[Running], ends: float) -> None:
        """Dial what becomes due or possible until the tick's end or a wake-up."""
        if not await self._may_place():
            await self._wakeups.wait(ends - time.monotonic())
            return
        while (at := time.monotonic()) < ends and not self._lease.lost and not self._placer.node_gone:
            for one in running:
                if one.try_at <= at and one.zones:
                    one.try_at = at + await self._dial(one)
            nearest = min((one.try_at for one in running if one.zones), default=ends)
            await asyncio.sleep(PAUSE_S)
            if await self._wakeups.wait(min(nearest, ends) - time.monotonic()):
                if self._wakeups.look_again:
                    return
                for one in running:
                    one.try_at = 0.0

    async def _may_place(self) -> bool:
        return self._home.usable and not self._placer.node_gone and await health_of(self._node.name) is not None

    async def _dial(self, one: Running) -> float:
        """Place what may be placed now; gives after how many seconds to try again."""
        plan, schema = one.plan, self._tenant.schema
        ids, limits = [new_id() for _ in range(BATCH)], scopes(plan, schema, self._node)
        granted, wait = await take(limits, schema, ids)
        if not granted:
            return wait or TICK_S
        reserved = await self._reserve(one, ids[:granted])
        keys = (limits.node.key, limits.trunk.key, limits.campaign.key)
        await give_back(keys, schema, ids[len(reserved) : granted], unused=True)
        self._placer.place(plan, reserved)
        return await self._until_due(one) if len(reserved) < granted else wait

    async def _reserve(self, one: Running, ids: list[UUID]) -> list[Reservation]:
        async with workspace():
            return await reserve(one.plan, one.zones, ids, self._lease.fence, self._node.name, now())

    async def _until_due(self, one: Running) -> float:
        async with workspace():
            due = await next_due(one.plan, one.zones)
        return max(0.0, (due - now()).total_seconds()) if due else TICK_S
