"""What wakes a dialer between its ticks: a message in Redis from whoever changed the answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio.client import PubSub

from ringyard.kit.cache import listener
from ringyard.kit.tasks import end
from tenants.campaigns.wake import LOOK, ROOM, channel


class Wakeups:
    """`look_again`: a campaign changed; else there is only room for more calls."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self.look_again = False

    def wake(self, message: bytes = ROOM) -> None:
        self.look_again = self.look_again or message == LOOK
        self._woken.set()

    async def wait(self, seconds: float) -> bool:
        """Until woken, at most so long; gives whether it was a wake-up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)):
                await self._woken.wait()
        woken = self._woken.is_set()
        self._woken.clear()
        return woken


@asynccontextmanager
async def listening(schema: str) -> AsyncIterator[Wakeups]:
    """Wake-ups of one workspace while inside."""
    wakeups = Wakeups()
    async with listener().pubsub() as subscription:
        await subscription.subscribe(channel(schema))
        task = asyncio.create_task(_listen(subscription, wakeups))
        try:
            yield wakeups
        finally:
            await end(task)


async def _listen(subscription: PubSub, wakeups: Wakeups) -> None:
    async for message in subscription.listen():
        if message["type"] == "message":
            wakeups.wake(message["data"])
