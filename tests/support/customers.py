"""A customer at work: makes lists, scenarios, trunks and campaigns over the API of the running product.

What the API does not show (targets, leases) is read from the tables as administrator.
"""

import itertools
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from pbx.capacity import node_key
from ringyard.kit import cache
from tests.support.lookalikes import Seed
from tests.support.product import Product
from tests.support.sip_peers import HOST, Peer
from tests.support.waiting import until

ENDED_S = 120.0
_numbers = itertools.count(100_000)


def numbers(count: int) -> list[str]:
    """Valid Polish mobile numbers that no other test calls."""
    return [f"+48601{next(_numbers):06d}" for _ in range(count)]


class Customer:
    """One workspace's administrator with a bearer token, and an eye on the workspace's tables."""

    def __init__(self, product: Product, slug: str, client: httpx.AsyncClient, db: asyncpg.Pool) -> None:
        self.product = product
        self.tenant = product.tenants[slug]
        self.client = client
        self.db = db

    async def get(self, path: str) -> Any:
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self.client.post(path, json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def base(self, cards: Sequence[str | list[str]]) -> str:
        """A base with one contact for each card of one or more numbers, imported from a file."""
        base: str = (await self.post("/bases", name=_name("base")))["id"]
        rows = [[card] if isinstance(card, str) else card for card in cards]
        width = max(map(len, rows))
        lines = [",".join([f"Person {n}", *row, *[""] * (width - len(row))]) for n, row in enumerate(rows)]
        columns = ["name", *["phone"] * width]
        answer = await self.client.post(
            "/imports",
            files={"file": ("people.csv", "\n".join(lines).encode())},
            data={
                "base_id": base,
                "columns": json.dumps(columns),
                "country": "PL",
                "header": "false",
                "delimiter": ",",
            },
        )
        assert answer.status_code == 201, answer.text
        found = answer.json()["id"]
        await self.post(f"/imports/{found}/confirm")
        done = await until(lambda: self._imported(found), ENDED_S, "the import is over")
        assert (done["state"], done["added"]) == ("done", len(rows)), done
        return base

    async def _imported(self, import_id: str) -> Any:
        seen = await self.get(f"/imports/{import_id}")
        return seen if seen["state"] not in ("preview", "running") else None

    async def trunk(self, far_end: Peer | None, **more: Any) -> str:
        """To a far end; without one to the node's own sandbox carrier."""
        address = {"kind": "ip", "host": HOST, "port": far_end.port} if far_end else {"kind": "sandbox"}
        made = await self.post("/trunks", name=_name("trunk"), max_cps=100, **address, **more)
        return str(made["id"])

    async def scenario(self, **more: Any) -> str:
        """Always open, one call for each contact, which ends once it is answered: unless `more` says otherwise."""
        plain = {
            "starts_at": "00:00",
            "ends_at": "24:00",
            "weekdays": [1, 2, 3, 4, 5, 6, 7],
            "redials": 0,
            "ring_timeout_s": 5,
            "destination": {"kind": "terminate"},
        }
        return str((await self.post("/scenarios", name=_name("scenario"), **{**plain, **more}))["id"])

    async def campaign(self, cards: Sequence[str | list[str]], far_end: Peer | None, **more: Any) -> "Campaign":
        """A campaign of its own list, trunk and scenario, started. `more` goes to where such a field is."""
        own = {name: more.pop(name) for name in ("record", "max_channels", "max_cps", "caller_id") if name in more}
        trunk = more.pop("trunk_id", None) or await self.trunk(far_end, max_channels=more.pop("trunk_channels", 200))
        return await self._started(
            base_id=await self.base(cards),
            trunk_id=trunk,
            scenario_id=await self.scenario(**more),
            **{"max_channels": 100, "max_cps": 40, "caller_id": "+48221234567", **own},
        )

    async def same_again(self, shown: Any) -> "Campaign":
        """Another campaign of the same list, trunk and scenario."""
        return await self._started(**{name: shown[name] for name in ("base_id", "trunk_id", "scenario_id")})

    async def _started(self, **fields: Any) -> "Campaign":
        made = await self.post("/campaigns", name=_name("campaign"), **fields)
        campaign = Campaign(self, made["id"])
        await campaign.do("start")
        return campaign

    async def leases(self, node: str = "node1") -> list[str]:
        """The calls of this workspace that hold a place on the node."""
        members: list[bytes] = await cache.cache().zrange(node_key(node), 0, -1)  # type: ignore[assignment]
        return [member.decode() for member in members if member.decode().startswith(f"{self.tenant.schema}:")]


class Campaign:
    def __init__(self, customer: Customer, campaign_id: str) -> None:
        self.customer = customer
        self.id = campaign_id

    async def do(self, verb: str) -> None:
        await self.customer.post(f"/campaigns/{self.id}/{verb}")

    async def shown(self) -> Any:
        return await self.customer.get(f"/campaigns/{self.id}")

    async def state(self) -> str:
        return str(await self._value("select state from campaigns where id = $1"))

    async def calls(self) -> list[Any]:
        """Every attempt, oldest first."""
        return await self._rows("select * from calls where campaign_id = $1 order by reserved_at, id")

    async def targets(self) -> list[Any]:
        return await self._rows(
            """select t.*, c.status from targets t join contacts c on c.id = t.contact_id
               where campaign_id = $1 order by t.contact_id"""
        )

    async def live(self) -> int:
        return int(await self._value("select count(*) from calls where campaign_id = $1 and ended_at is null"))

    async def until_live(self, count: int, deadline: float = ENDED_S) -> None:
        """At least so many calls are up at once."""

        async def enough() -> bool:
            return await self.live() >= count

        await until(enough, deadline, f"{count} calls are up")

    async def over(self) -> int:
        return int(await self._value("select count(*) from calls where campaign_id = $1 and ended_at is not null"))

    async def until_state(self, state: str, deadline: float = ENDED_S) -> None:
        async def reached() -> bool:
            return await self.state() == state

        try:
            await until(reached, deadline)
        except TimeoutError:
            raise AssertionError(f"not {state} within {deadline:g} s: {await self.picture()}") from None

    async def until_calls(self, count: int, deadline: float = ENDED_S) -> None:
        """At least so many attempts are over."""

        async def came() -> bool:
            return await self.over() >= count

        await until(came, deadline, f"{count} calls are over")

    async def until_quiet(self, deadline: float = ENDED_S) -> None:
        """No call lives, and every place is given back."""

        async def quiet() -> bool:
            return await self.live() == 0 and not await self.customer.leases()

        try:
            await until(quiet, deadline)
        except TimeoutError:
            leases = await self.customer.leases()
            raise AssertionError(f"not quiet within {deadline:g} s: {await self.picture()}, leases {leases}") from None

    async def picture(self) -> str:
        """Where all of it stands, for a failed test's message."""
        calls = Counter((row["state"], row["result"]) for row in await self.calls())
        targets = Counter((row["state"], row["reason"]) for row in await self.targets())
        return f"{await self.state()}, calls {dict(calls)}, targets {dict(targets)}"

    async def make_due(self) -> None:
        """As if the time of every redial had come."""
        await self.customer.db.execute(
            "update targets set due_at = now() - interval '1 second' where campaign_id = $1 and state = 'waiting'",
            UUID(self.id),
        )

    async def _rows(self, query: str) -> list[Any]:
        rows: list[Any] = await self.customer.db.fetch(query, UUID(self.id))
        return rows

    async def _value(self, query: str) -> Any:
        return await self.customer.db.fetchval(query, UUID(self.id))


@asynccontextmanager
async def customer_of(product: Product, slug: str) -> AsyncIterator[Customer]:
    """Signed in to the running web; the tables as administrator. Needs `cache` to be open for leases."""
    port = product.settings.port
    headers = {"Host": f"{slug}.ringyard.localhost:{port}", "Authorization": f"Bearer {Seed(slug).token('admin')}"}
    api = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/api/v1", headers=headers, timeout=20)
    tables = asyncpg.create_pool(
        product.settings.database_url,
        min_size=1,
        max_size=4,
        server_settings={"search_path": product.tenants[slug].schema},
    )
    async with api as client, tables as db:
        yield Customer(product, slug, client, db)


def _name(kind: str) -> str:
    return f"{kind} {uuid4().hex[:8]}"
