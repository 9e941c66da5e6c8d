"""The whole product, started once for this folder, and people with browsers of their own before it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright, expect

from ringyard.local.chromium import chromium
from ringyard.local.ladder import is_root
from tests.conftest import _nth_database
from tests.support.browsing import Person
from tests.support.customers import Customer, customer_of
from tests.support.product import Product, running_product
from tests.support.run import Run

Visitor = Callable[..., Awaitable[Person]]
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def product(run: Run, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw"))
    redis_url = _nth_database(run.servers.redis_url, number)
    with running_product(run, redis_url, tmp_path_factory.mktemp(f"browser_{worker_id}_")) as started:
        yield started


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    options = ["--no-sandbox"] if is_root() else []
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium(), args=options)
        yield started
        await started.close()


@pytest.fixture
async def visitor(browser: Browser, product: Product) -> AsyncIterator[Visitor]:
    """`person = await visitor()`: somebody nobody knows; `await visitor(viewport=...)` with options of the context."""
    people: list[Person] = []

    async def come(**options: Any) -> Person:
        context = await browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
        context.set_default_timeout(20_000)
        people.append(Person(await context.new_page(), product.settings))
        return people[-1]

    yield come
    assert [complaint for person in people for complaint in person.complaints] == []


@pytest.fixture
async def person(visitor: Visitor) -> Person:
    return await visitor()


@pytest.fixture
async def admin(person: Person) -> Person:
    """Signed in to acme, at its dashboard."""
    await person.sign_in()
    await expect(person.page.get_by_role("heading", name="Dashboard")).to_be_visible()
    return person


@pytest.fixture
async def acme(product: Product) -> AsyncIterator[Customer]:
    """The same administrator by the API, for what a test needs but does not tell of."""
    async with customer_of(product, "acme") as customer:
        yield customer
