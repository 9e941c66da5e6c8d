"""Another workspace of the same installation, whose list is looked at while the first one works hard."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from ringyard.bench.contacts.lists import visitor
from ringyard.bench.contacts.mix import Query
from ringyard.bench.house import House
from ringyard.bench.http import Visitor

PACE_S = 0.05


@dataclass(slots=True)
class Neighbour:
    """Times in seconds by what went on beside them."""

    reader: Visitor
    queries: list[Query]
    times: dict[str, list[float]] = field(default_factory=dict)

    async def look(self, during: str, count: int) -> None:
        """So many pages, one after the other, while nothing else is done."""
        for query in itertools.islice(itertools.cycle(self.queries), count):
            await self._ask(during, query)

    @asynccontextmanager
    async def looking(self, during: str) -> AsyncIterator[None]:
        """Pages at an even pace as long as the block takes."""
        await self.reader.reconnect()
        task = asyncio.create_task(self._keep_looking(during))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep_looking(self, during: str) -> None:
        for query in itertools.cycle(self.queries):
            await self._ask(during, query)
            await asyncio.sleep(PACE_S)

    async def _ask(self, during: str, query: Query) -> None:
        took, _ = await self.reader.get(f"/contacts?{urlencode(query)}")
        self.times.setdefault(during, []).append(took)


@asynccontextmanager
async def neighbour(house: House, slug: str, queries: list[Query]) -> AsyncIterator[Neighbour]:
    async with await visitor(house, slug) as reader:
        yield Neighbour(reader, queries)
