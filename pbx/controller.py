"""The controller of one node: hears its events, stores them per workspace in batches, carries out what follows.

Each workspace has an inbox, so one that is slow holds up nobody else, and its calls' events are stored in order. Events
are kept until they are stored: a database that is away delays them and loses none.
"""

import asyncio

import structlog

from pbx.ari import Ari, Connected, Disconnected, RawEvent
from pbx.flow import Flow
from pbx.health import ALIVE_S, Health, say_alive, say_gone
from pbx.inbox import Inbox
from pbx.reconcile import Reconciler
from pbx.stasis import CallEvent, PlaybackEnded, translate
from pbx.watching import Watching
from ringyard.kit.clock import now
from ringyard.kit.settings import NodeSettings
from tenants.calls.lifecycle import Event

log = structlog.get_logger()
SWEEP_S = 60.0


class Controller:
    def __init__(self, node: NodeSettings, ari: Ari) -> None:
        self._node = node
        self._ari = ari
        self._watching = Watching()
        self._flow = Flow(node, ari, self._watching)
        self._inboxes: dict[str, Inbox] = {}
        self._reconciler = Reconciler(node, ari, self._watching, self._flow, self._post_told)
        self._health: Health | None = None

    async def run(self) -> None:
        """Until cancelled. Raises AppTakenError when another controller takes the node."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            group.create_task(self._ari.link.run())
            group.create_task(self._hear())
            group.create_task(self._beat())
            group.create_task(self._sweep())

    async def _hear(self) -> None:
        while True:
            match await self._ari.link.heard.get():
                case RawEvent() as raw:
                    self._sort(raw)
                case Connected(startup_time):
                    self._health = Health(now(), startup_time)
                    log.info("node connected", node=self._node.name)
                    self._group.create_task(self._reconciler.run(self._health))
                case Disconnected(reason):
                    self._health = None
                    await say_gone(self._node.name)
                    log.warning("node lost", node=self._node.name, reason=reason)

    def _sort(self, raw: RawEvent) -> None:
        event = translate(raw)
        if event is None:
            return
        if isinstance(event, PlaybackEnded):
            self._group.create_task(self._flow.playback_ended(event.call_id))
        elif self._flow.owns(event.call_id):
            self._group.create_task(self._flow.second_leg(event))
        else:
            self._post(event)

    def _post(self, event: CallEvent) -> None:
        told = self._watching.told(event)
        if told is not None:
            self._post_told(event.tenant, told)

    def _post_told(self, schema: str, event: Event) -> None:
        if schema not in self._inboxes:
            self._inboxes[schema] = Inbox(schema, self._node, self._flow)
            self._group.create_task(self._inboxes[schema].run())
        self._inboxes[schema].put(event)

    async def _beat(self) -> None:
        while True:
            if self._health is not None:
                await say_alive(self._node.name, self._health)
            await asyncio.sleep(ALIVE_S / 4)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            if self._health is not None:
                await self._reconciler.run(self._health)
