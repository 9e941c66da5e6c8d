"""Placing calls on a real node and hearing what becomes of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import uuid4

from pbx.ari import Ari, Connected, RawEvent
from pbx.node import APP, ARI_USER
from pbx.orders import Originate, Target
from pbx.outcome import Facts
from pbx.stasis import Answered, Arrived, CallEvent, Declined, Ended, Ringing, translate
from tests.support.nodes import RunningNode

TENANT = "t_test"
T = TypeVar("T")
E = TypeVar("E", bound=CallEvent)


class Ear:
    """Hears everything of one node and tells what happened to a call."""

    def __init__(self, ari: Ari) -> None:
        self._ari = ari
        self.events: list[CallEvent] = []
        self.links: list[object] = []
        self._news = asyncio.Condition()

    async def listen(self) -> None:
        while True:
            heard = await self._ari.link.heard.get()
            async with self._news:
                if not isinstance(heard, RawEvent):
                    self.links.append(heard)
                elif event := translate(heard):
                    self.events.append(event)
                self._news.notify_all()

    async def event(self, kind: type[E], call_id: str, deadline: float = 8) -> E:
        """The first event of this kind of this call, also a past one."""
        found = await self._until(lambda: [e for e in self.of(call_id) if isinstance(e, kind)], deadline)
        return found[0]

    async def link(self, kind: type[T], number: int = 1, deadline: float = 8) -> T:
        """The `number`th Connected or Disconnected."""
        found = await self._until(
            lambda: [x for x in self.links if isinstance(x, kind)][number - 1 :],
            deadline,
        )
        return found[0]

    async def heard(self, kind: type[E], deadline: float = 8) -> E:
        """The first event of this kind of any call."""
        found = await self._until(lambda: [e for e in self.events if isinstance(e, kind)], deadline)
        return found[0]

    def of(self, call_id: str) -> list[CallEvent]:
        return [event for event in self.events if event.call_id == call_id]

    async def facts(self, call_id: str) -> Facts:
        """What was seen of a call, once it has ended."""
        end = await self.event(Ended, call_id)
        kinds = {type(event) for event in self.of(call_id)}
        return Facts(
            answered=bool(kinds & {Answered, Arrived}),
            rang=Ringing in kinds,
            declined=Declined in kinds,
            cause=end.cause,
            tech_cause=end.tech_cause,
        )

    async def _until(self, condition: Callable[[], list[T]], deadline: float) -> list[T]:
        async with asyncio.timeout(deadline), self._news:
            while not (found := condition()):
                await self._news.wait()
            return found


def order(target: Target, number: str, **more: Any) -> Originate:
    """A call with what tests do not care about filled in."""
    plain: dict[str, Any] = {
        "call_id": str(uuid4()),
        "tenant": TENANT,
        "caller_id": "+48221234567",
        "ring_timeout_s": 5,
    }
    return Originate(**{**plain, "number": number, "target": target, **more})


def client(node: RunningNode) -> Ari:
    return Ari(node.config.ari_url, ARI_USER, node.config.ari_password, APP)


@asynccontextmanager
async def listening(ari: Ari) -> AsyncIterator[Ear]:
    listener = Ear(ari)
    async with asyncio.TaskGroup() as tasks:
        running = [
            tasks.create_task(ari.link.run()),
            tasks.create_task(listener.listen()),
        ]
        await listener.link(Connected, deadline=10)
        yield listener
        for task in running:
            task.cancel()
