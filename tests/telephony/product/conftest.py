"""The whole product on a real node, shared by a module's tests, and its two customers."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from ringyard.kit import cache
from tests.conftest import _nth_database
from tests.support.customers import Customer, customer_of
from tests.support.product import Product, running_product
from tests.support.run import Run


@pytest.fixture(scope="module")
def redis_url(run: Run, worker_id: str) -> str:
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw"))
    return _nth_database(run.servers.redis_url, number)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    return tmp_path_factory.mktemp(f"product_{worker_id}_")


@pytest.fixture(scope="module")
def product(run: Run, redis_url: str, home: Path) -> Iterator[Product]:
    with running_product(run, redis_url, home) as started:
        yield started


@pytest.fixture
async def acme(product: Product) -> AsyncIterator[Customer]:
    await cache.open_cache(product.settings.redis_url)
    async with customer_of(product, "acme") as customer:
        yield customer
    await cache.close_cache()


@pytest.fixture
async def other(acme: Customer) -> AsyncIterator[Customer]:
    async with customer_of(acme.product, "other") as customer:
        yield customer
