"""The same short call with nothing around it: an ARI client that originates, and hangs up what is answered.

It measures what node, far end and machine can do, and it is as cheap as our gateway allows: no database, no rules.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from pbx.ari import Ari, Placed, RawEvent
from pbx.orders import IpTrunk, Originate
from ringyard.bench.far_end import HOST, numbers, rate
from ringyard.bench.house import House
from ringyard.bench.processor import cpu_seconds
from ringyard.kit.ids import new_id

APP = "bench"
PARTS = ("node1", "sipp")
AT_ONCE = (16, 32, 64)
CALLS = 1000
CALL_LIMIT_S = 30.0


class CallNotTaken(RuntimeError):
    """The node made no channel for a bare call."""


class BareClient:
    def __init__(self, ari: Ari, port: int) -> None:
        self._ari = ari
        self._trunk = IpTrunk(HOST, port)
        self._live: dict[str, asyncio.Future[None]] = {}
        self._hang_ups: set[asyncio.Task[bool]] = set()

    async def call(self, number: str) -> float:
        """Place a call and wait for its end; gives when (seconds of the machine's clock) the order was sent.

        Raises CallNotTaken."""
        order = Originate(str(new_id()), APP, number, self._trunk, "")
        ended = self._live[order.call_id] = asyncio.get_running_loop().create_future()
        sent = time.time()
        placed = await self._ari.originate(order)
        if not isinstance(placed, Placed):
            raise CallNotTaken(placed)
        async with asyncio.timeout(CALL_LIMIT_S):
            await ended
        return sent

    async def hear(self) -> None:
        while True:
            event = await self._ari.link.heard.get()
            if isinstance(event, RawEvent) and event.channel:
                self._sort(event, event.channel.id)

    def _sort(self, event: RawEvent, call_id: str) -> None:
        if event.type == "StasisStart":
            task = asyncio.create_task(self._ari.hangup(call_id))
            self._hang_ups.add(task)
            task.add_done_callback(self._hang_ups.discard)
        elif event.type == "ChannelDestroyed" and call_id in self._live:
            self._live.pop(call_id).set_result(None)


@asynccontextmanager
async def bare_client(house: House) -> AsyncIterator[BareClient]:
    node = house.node
    ari = Ari(node.ari_url, node.ari_user, node.ari_password, APP)
    client = BareClient(ari, house.far_end.port)
    linked = asyncio.create_task(ari.link.run())
    await ari.link.heard.get()
    hearing = asyncio.create_task(client.hear())
    try:
        yield client
    finally:
        for task in (hearing, linked):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await ari.close()


@dataclass(frozen=True, slots=True)
class BareRate:
    """Calls per second with so many in flight, and the CPU that a call cost node and far end, in milliseconds."""

    per_second: float
    at_once: int
    cpu_ms: dict[str, float]


async def best_rate(house: House, say: Callable[[str], None]) -> BareRate:
    """The best of some numbers in flight."""
    found = [await rate_with(house, at_once, f"+48{50 + place}") for place, at_once in enumerate(AT_ONCE)]
    for one in found:
        say(f"bare ARI, {one.at_once} in flight: {one.per_second:.0f} calls/s")
    return max(found, key=lambda one: one.per_second)


async def rate_with(house: House, at_once: int, prefix: str) -> BareRate:
    """`prefix`: of numbers that were not called before."""
    before = cpu_seconds(house.supervisor, PARTS)
    async with bare_client(house) as client:
        await _keep_in_flight(client, numbers(prefix, CALLS), at_once)
    after = cpu_seconds(house.supervisor, PARTS)
    cpu_ms = {name: 1000 * (after[name] - before[name]) / CALLS for name in PARTS}
    return BareRate(rate(house.far_end.invites(prefix)), at_once, cpu_ms)


async def _keep_in_flight(client: BareClient, wanted: list[str], at_once: int) -> None:
    waiting = iter(wanted)

    async def one_after_the_other() -> None:
        for number in waiting:
            await client.call(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(one_after_the_other())


async def originate_to_invite(house: House, count: int, per_second: float) -> list[float]:
    """Seconds from the order sent to the INVITE at the far end, at an even pace."""
    prefix = "+4859"
    wanted = numbers(prefix, count)
    async with bare_client(house) as client, asyncio.TaskGroup() as group:
        tasks = []
        for number in wanted:
            tasks.append(group.create_task(client.call(number)))
            await asyncio.sleep(1 / per_second)
    sent = {number: task.result() for number, task in zip(wanted, tasks, strict=True)}
    return [invite.at - sent[invite.number] for invite in house.far_end.invites(prefix)]
