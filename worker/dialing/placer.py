"""Placing reserved calls at the node, some at a time, and what follows when the node does not take one."""

import asyncio
from uuid import UUID

import structlog

from pbx.ari import OriginateResult, Refused, Unknown, Unreachable
from pbx.capacity import give_back
from pbx.gateways import gateway
from pbx.orders import BadOrderError
from pbx.placing import order, scope_keys
from ringyard.kit.clock import now
from ringyard.kit.settings import NodeSettings, settings
from tenants.calls.lifecycle import Ended
from tenants.calls.storing import store
from tenants.campaigns.plans import Plan
from tenants.campaigns.reserve import Reservation, unreserve
from tenants.context import Tenant
from tenants.workspace import workspace
from worker.dialing.wakeups import Wakeups

log = structlog.get_logger()
IN_FLIGHT = 16


class Placer:
    """Places calls beside the dialer's loop. `node_gone`: the node could not be reached at all."""

    def __init__(self, tenant: Tenant, node: NodeSettings, wakeups: Wakeups) -> None:
        self._tenant = tenant
        self._node = node
        self._wakeups = wakeups
        self._ari = gateway(settings(), node.name)
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._tasks: set[asyncio.Task[None]] = set()
        self.node_gone = False

    def place(self, plan: Plan, reservations: list[Reservation]) -> None:
        for reservation in reservations:
            task = asyncio.create_task(self._place(plan, reservation))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait for every placement under way (each has a limit of seconds)."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _place(self, plan: Plan, reservation: Reservation) -> None:
        async with self._places:
            result = await self._originate(plan, reservation)
        match result:
            case Unreachable():
                self.node_gone = True
                await self._unreserve(plan, reservation.call_id)
            case Refused(reason):
                log.warning("node refused a call", call=str(reservation.call_id), reason=reason)
                await self._fail(plan, reservation.call_id)
            case Unknown(reason):
                log.warning("fate of a call unknown", call=str(reservation.call_id), reason=reason)

    async def _originate(self, plan: Plan, reservation: Reservation) -> OriginateResult:
        try:
            return await self._ari.originate(order(plan, reservation, self._tenant.schema, self._node))
        except BadOrderError as error:
            return Refused(str(error))

    async def _unreserve(self, plan: Plan, call_id: UUID) -> None:
        async with workspace():
            await unreserve([call_id])
        await self._give_back(plan, call_id)

    async def _fail(self, plan: Plan, call_id: UUID) -> None:
        async with workspace():
            await store([Ended(call_id, now(), "network")])
        await self._give_back(plan, call_id)
        self._wakeups.wake()

    async def _give_back(self, plan: Plan, call_id: UUID) -> None:
        keys = scope_keys(self._node.name, self._tenant.schema, plan.trunk.id, plan.id)
        await give_back(keys, self._tenant.schema, [call_id])
