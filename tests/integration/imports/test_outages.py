"""Imports of the running product whose worker or database falls in the middle, and two of the same file at once.

Worker and web are real processes here, on a Postgres of their own.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.conftest import _nth_database
from tests.support.checksums import checksum
from tests.support.customers import Customer, customer_of
from tests.support.databases import administrator, build_template, clean_up, settings_for
from tests.support.own_postgres import OwnPostgres
from tests.support.product import Product, running_product
from tests.support.run import Run
from tests.support.servers import Servers
from tests.support.waiting import until

NAME = "rt_outages"
ROWS = 80_000
ENDED_S = 90.0


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[OwnPostgres]:
    own = OwnPostgres(tmp_path_factory.mktemp(f"own_postgres_{worker_id}_"))
    with asyncio.Runner() as runner:
        runner.run(own.start())
        yield own
        own.stop()


@pytest.fixture(scope="module")
def product(
    postgres: OwnPostgres, run: Run, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    home = tmp_path_factory.mktemp(f"outages_{worker_id}_")
    redis_url = _nth_database(run.servers.redis_url, 0 if worker_id == "master" else int(worker_id.removeprefix("gw")))
    settings = settings_for(postgres.url, f"{NAME}_template", NAME, redis_url, home)
    tenants = {tenant.slug: tenant for tenant in asyncio.run(build_template(postgres.url, settings))}
    with running_product(Run(NAME, Servers(postgres.url, redis_url), tenants), redis_url, home, nodes=0) as started:
        yield started
    asyncio.run(clean_up(postgres.url, f"{NAME}_template", NAME))


@pytest.fixture
async def acme(product: Product) -> AsyncIterator[Customer]:
    """The other workspace is as it was afterwards."""
    before = await _other(product)
    async with customer_of(product, "acme") as customer:
        yield customer
    assert await _other(product) == before


async def _other(product: Product) -> dict[str, str]:
    async with administrator(product.settings.database_url) as connection:
        return await checksum(connection, product.tenants["other"])


def numbers(beginning: str, count: int) -> list[str]:
    """Valid Polish numbers; `beginning` is of two digits."""
    return [f"+48{beginning}{last:07d}" for last in range(count)]


def file_of(numbers: list[str]) -> bytes:
    return "".join(f"Person {place};{number}\n" for place, number in enumerate(numbers)).encode()


async def uploaded(acme: Customer, base: str, content: bytes) -> str:
    settings = {"columns": json.dumps(["name", "phone"]), "header": "false", "delimiter": ";", "country": "PL"}
    answer = await acme.client.post(
        "/imports", files={"file": ("people.csv", content)}, data={"base_id": base, **settings}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def new_base(acme: Customer, name: str) -> str:
    return str((await acme.post("/bases", name=name))["id"])


async def in_the_middle(acme: Customer, import_id: str) -> None:
    """Some rows are in and more are to come."""

    async def some() -> bool:
        seen = await acme.get(f"/imports/{import_id}")
        assert seen["state"] == "running", "the file is too short for this machine"
        return int(seen["rows"]) > 0

    await until(some, ENDED_S, f"rows enter; the worker said {acme.product.worker.log[-3000:]}")


async def over(acme: Customer, import_id: str) -> Any:
    async def ended() -> Any:
        answer = await acme.client.get(f"/imports/{import_id}")
        seen = answer.json()
        # while its database is away the web may answer that something went wrong
        return seen if answer.status_code == 200 and seen["state"] not in ("preview", "running") else None

    return await until(ended, ENDED_S, f"the import ends; the worker said {acme.product.worker.log[-3000:]}")


async def stored(acme: Customer, base: str) -> list[str]:
    """The number of each contact of a base."""
    rows = await acme.db.fetch(
        "select p.number from contacts c join phones p on p.contact_id = c.id where c.base_id = $1::text::uuid", base
    )
    return [row["number"] for row in rows]


async def everything_is_there_once(acme: Customer, base: str, import_id: str, people: list[str]) -> None:
    done = await over(acme, import_id)
    assert (done["state"], done["rows"], done["added"], done["junk"]) == ("done", len(people), len(people), 0), done
    found = await stored(acme, base)
    assert len(found) == len(people)
    assert set(found) == set(people)


async def test_a_killed_worker(acme: Customer) -> None:
    people, base = numbers("60", ROWS), await new_base(acme, "A killed worker")
    import_id = await uploaded(acme, base, file_of(people))
    await acme.post(f"/imports/{import_id}/confirm")
    await in_the_middle(acme, import_id)
    acme.product.worker.kill()
    left = (await acme.get(f"/imports/{import_id}"))["rows"]
    assert 0 < left < ROWS
    acme.product.worker.start()
    await everything_is_there_once(acme, base, import_id, people)


async def test_a_fallen_database(acme: Customer, postgres: OwnPostgres) -> None:
    people, base = numbers("50", ROWS), await new_base(acme, "A fallen database")
    import_id = await uploaded(acme, base, file_of(people))
    await acme.post(f"/imports/{import_id}/confirm")
    await in_the_middle(acme, import_id)
    postgres.fall()
    await postgres.start()
    await acme.db.expire_connections()
    await everything_is_there_once(acme, base, import_id, people)


async def test_the_same_file_twice_at_once(acme: Customer) -> None:
    people, base = numbers("51", 30_000), await new_base(acme, "Twice at once")
    both = [await uploaded(acme, base, file_of(people)) for _ in range(2)]
    await asyncio.gather(*(acme.post(f"/imports/{one}/confirm") for one in both))
    done = [await over(acme, one) for one in both]
    assert [one["state"] for one in done] == ["done", "done"]
    assert Counter(await stored(acme, base)) == Counter(people)
    assert sum(one["added"] for one in done) == len(people)
    assert sum(one["merged"] for one in done) == len(people)
