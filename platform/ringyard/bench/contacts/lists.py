"""List pages of a real web process, asked for one after the other by somebody signed in: how long the server takes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from ringyard.bench.campaigns import LOGIN, PASSWORD
from ringyard.bench.contacts.mix import Query
from ringyard.bench.house import House
from ringyard.bench.http import Visitor, sign_in
from ringyard.bench.processor import cpu_seconds

PARTS = ("web", "postgres")
PLAIN = 100
FURTHER = 2
"""Pages after the first that are turned over, where there are more."""

_NEXT = re.compile(rb'[?&;]cursor=([^"&#]+)')


@dataclass(frozen=True, slots=True)
class Pages:
    """Times in seconds: of the mix, and of one list without filter or text. `slowest`: times with what was asked."""

    times: list[float]
    plain: list[float]
    smallest: list[float]
    cpu_ms: dict[str, float]
    slowest: list[tuple[float, str]]


async def visitor(house: House, slug: str) -> Visitor:
    """Signed in there, asking as htmx does."""
    known = house.settings
    cookie = await sign_in(known, slug, LOGIN, PASSWORD)
    return Visitor(known.port, known.netloc(f"{slug}.{known.domain}"), cookie, part=True)


async def pages(house: House, slug: str, queries: Iterable[Query]) -> Pages:
    """Every query's first page, and the next ones by their cursors."""
    known = house.settings
    async with Visitor(known.port, known.netloc(known.domain)) as nobody:
        smallest = [(await nobody.get("/healthz"))[0] for _ in range(PLAIN)]
    async with await visitor(house, slug) as reader:
        plain = [(await reader.get("/contacts"))[0] for _ in range(PLAIN)]
        before = cpu_seconds(house.supervisor, PARTS)
        asked = [one for query in queries for one in await _turned_over(reader, query)]
        after = cpu_seconds(house.supervisor, PARTS)
    cpu_ms = {name: 1000 * (after[name] - before[name]) / len(asked) for name in PARTS}
    return Pages([took for took, _ in asked], plain, smallest, cpu_ms, sorted(asked, reverse=True)[:8])


async def _turned_over(reader: Visitor, query: Query) -> list[tuple[float, str]]:
    asked, further = [], dict(query)
    for _ in range(1 + FURTHER):
        took, body = await reader.get(f"/contacts?{urlencode(further)}")
        asked.append((took, " ".join(f"{name}={value}" for name, value in further.items())))
        cursors = _NEXT.findall(body)
        if not cursors:
            break
        further = query | {"cursor": unescape(cursors[-1].decode())}
    return asked
