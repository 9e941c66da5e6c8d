"""One workspace's events on one node, stored in order: as many at a time as have come, in one transaction."""

import asyncio
from collections import defaultdict
from uuid import UUID

import asyncpg
import structlog

from pbx.capacity import give_back
from pbx.flow import Flow
from pbx.placing import scope_keys
from ringyard.kit.settings import NodeSettings
from tenants import registry
from tenants.calls.lifecycle import Effect, Event
from tenants.calls.storing import Stored, store
from tenants.campaigns.wake import wake_for_capacity
from tenants.context import Tenant, acting_for
from tenants.workspace import workspace

log = structlog.get_logger()
BATCH = 200
GATHER_S = 0.04
"""Waiting so long lets the events of many calls share a transaction; nobody hears so short a silence."""

RETRY_S = 0.5
PASSING = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
)
"""The database is away, full or has undone the transaction for another's sake: the same batch will go through later."""


class Inbox:
    def __init__(self, schema: str, node: NodeSettings, flow: Flow) -> None:
        self._schema = schema
        self._node = node
        self._flow = flow
        self._events: list[Event] = []
        self._came = asyncio.Event()
        self._nobodys = False
        self._at_once = BATCH

    def put(self, event: Event) -> None:
        if not self._nobodys:
            self._events.append(event)
            self._came.set()

    async def run(self) -> None:
        tenant = await self._tenant()
        if tenant is None:
            log.error("events of an unknown workspace", schema=self._schema)
            self._nobodys = True
            self._events.clear()
            return
        with acting_for(tenant):
            while True:
                await self._came.wait()
                await asyncio.sleep(GATHER_S)
                await self._store_batch()

    async def _tenant(self) -> Tenant | None:
        while True:
            try:
                return await registry.by_schema(self._schema)
            except Exception:
                log.exception("workspace not looked up, trying again", schema=self._schema)
                await asyncio.sleep(RETRY_S)

    async def _store_batch(self) -> None:
        batch = self._events[: self._at_once]
        try:
            async with workspace():
                stored = await store(batch)
        except PASSING:
            log.exception("events not stored, trying again", schema=self._schema, events=len(batch))
            await asyncio.sleep(RETRY_S)
        except Exception:
            log.exception("events that cannot be stored", schema=self._schema, events=len(batch))
            self._give_way(batch)
        else:
            self._at_once = BATCH
            self._drop(batch)
            await self._follow_up(stored)

    def _give_way(self, batch: list[Event]) -> None:
        """One event that cannot be stored must not keep the others from it: singly, and the one alone is dropped."""
        self._at_once = 1
        if len(batch) == 1:
            self._drop(batch)

    def _drop(self, batch: list[Event]) -> None:
        del self._events[: len(batch)]
        if not self._events:
            self._came.clear()

    async def _follow_up(self, stored: list[Stored]) -> None:
        for one in stored:
            self._flow.carry_out(self._schema, one)
        ended = [one for one in stored if Effect.CLOSE in one.effects]
        if ended:
            await self._release(ended)
            await wake_for_capacity(self._schema)

    async def _release(self, ended: list[Stored]) -> None:
        by_scope: dict[tuple[UUID | None, UUID | None], list[UUID]] = defaultdict(list)
        for one in ended:
            by_scope[one.row["trunk_id"], one.row["campaign_id"]].append(one.call.id)
        for (trunk_id, campaign_id), ids in by_scope.items():
            await give_back(scope_keys(self._node.name, self._schema, trunk_id, campaign_id), self._schema, ids)
