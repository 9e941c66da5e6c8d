"""What an answered call does: the scenario's destination, carried out by orders to the node.

record: play the file, then hang up. terminate: hang up. extension and trunk: a second leg, bridged with the first; when
either ends the other is hung up. Orders are given beside the storing of events, and repeating one does no harm.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import structlog

from pbx.ari import Ari, AriError
from pbx.legs import Legs, SecondLeg
from pbx.orders import playback_id
from pbx.prompts import prompt_media
from pbx.stasis import Answered, Arrived, CallEvent, Ended
from pbx.watching import Watching
from ringyard.kit.clock import now
from ringyard.kit.settings import NodeSettings
from tenants import registry
from tenants.calls.lifecycle import Bridged, Effect
from tenants.calls.storing import Stored, store
from tenants.campaigns.plans import Plan
from tenants.context import acting_for
from tenants.workspace import workspace

log = structlog.get_logger()


class Flow:
    def __init__(self, node: NodeSettings, ari: Ari, watching: Watching) -> None:
        self._node = node
        self._ari = ari
        self._watching = watching
        self._legs = Legs(node, ari)
        self._orders: set[asyncio.Task[None]] = set()

    def owns(self, channel_id: str) -> bool:
        """Whether the channel is a second leg, whose events are not a call's own."""
        return self._legs.of(channel_id) is not None

    def adopt(self, schema: str, call_id: str) -> None:
        """A bridged call from before this controller: its second leg is known again."""
        self._legs.adopt(schema, call_id)

    def carry_out(self, schema: str, stored: Stored) -> None:
        """Start what the effects of a stored event ask for."""
        call_id = str(stored.call.id)
        if Effect.CLOSE in stored.effects:
            self._order(self._legs.first_ended(call_id))
        elif Effect.HANG_UP in stored.effects:
            self._order(self.hang_up(call_id))
        elif Effect.START_DESTINATION in stored.effects and stored.plan is not None:
            self._order(self._start_or_hang_up(schema, call_id, stored.plan))

    async def start(self, schema: str, call_id: str, plan: Plan) -> None:
        """Send the answered call to its scenario's destination."""
        match plan.destination:
            case "record":
                media = await prompt_media(schema, plan.target)
                await self._ari.play(call_id, media, playback_id(schema, call_id))
            case "extension" | "trunk" if plan.target is not None:
                await self._legs.start(schema, call_id, plan)
            case _:
                await self.hang_up(call_id)

    async def _start_or_hang_up(self, schema: str, call_id: str, plan: Plan) -> None:
        """A destination that cannot be started must not leave the person in silence."""
        try:
            await self.start(schema, call_id, plan)
        except Exception:
            await self.hang_up(call_id)
            raise

    async def playback_ended(self, call_id: str) -> None:
        await self._guarded(self.hang_up(call_id))

    async def second_leg(self, event: CallEvent) -> None:
        await self._guarded(self._second_leg(event))

    async def hang_up(self, call_id: str) -> None:
        await self._ari.hangup(call_id)

    async def _second_leg(self, event: CallEvent) -> None:
        leg = self._legs.of(event.call_id)
        if leg is None:
            return
        match event:
            case Arrived():
                await self._legs.bridge(leg)
                await self._bridged(leg)
            case Ended():
                self._legs.forget(leg)
                await self.hang_up(leg.call_id)
            case Answered():
                pass

    async def _bridged(self, leg: SecondLeg) -> None:
        tenant = await registry.by_schema(leg.schema)
        if tenant is None:
            return
        with acting_for(tenant):
            async with workspace():
                await store([Bridged(UUID(leg.call_id), now())])

    def _order(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self._orders.add(task)
        task.add_done_callback(self._orders.discard)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """A failed order leaves the call to its own time limit and to the next reconcile."""
        try:
            await work
        except AriError as error:
            log.warning("order failed", node=self._node.name, reason=str(error))
        except Exception:
            log.exception("order failed", node=self._node.name)
