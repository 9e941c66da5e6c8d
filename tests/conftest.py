"""Fixtures of all tests. What they are for and how to use them: docs/testing.md.

Pure tests ask for none of them. A test that asks for `settings` (or for anything that needs it) has an installation of
its own: a fresh copy of a database with two look-alike workspaces, `acme` and `other`, and an empty Redis.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import hypothesis
import pytest

from ringyard.kit import cache, db
from ringyard.kit import settings as settings_module
from ringyard.kit.settings import Settings
from tenants import jobs as job_seam
from tenants import registry
from tenants.context import Tenant, acting_for
from tests.support import run as runs
from tests.support.checksums import checksum
from tests.support.databases import administrator, copied, settings_for
from tests.support.jobs import Recorder
from tests.support.lookalikes import RECORDED, Seed, recording_key
from tests.support.run import Run
from tests.support.web import Clients, served

Client = Callable[..., Awaitable[httpx.AsyncClient]]
# A run says the same each time, and time decides nothing. `HYPOTHESIS_PROFILE=explore` looks further.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

_FOLDERS = ("unit", "integration", "telephony", "browser", "contracts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test's folder is its marker: `-m integration`."""
    here = Path(__file__).parent
    for item in items:
        folder = item.path.relative_to(here).parts[0]
        if folder in _FOLDERS:
            item.add_marker(folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The main process ends what the run shares; with xdist it comes here after all of its workers."""
    if not hasattr(session.config, "workerinput"):
        factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        folder = factory.getbasetemp()
        runs.end(folder, _run_name(folder))


def _run_name(folder: Path) -> str:
    """pytest numbers its folders per user; the inode tells two users or machines on one named server apart."""
    return f"rt_{folder.stat().st_ino}_{folder.name.rpartition('-')[2]}"


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Run:
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    return runs.joined(folder, _run_name(folder))


@pytest.fixture(scope="session")
def untouched() -> dict[str, str]:
    """The other workspace's checksum in a fresh copy, worked out by the first test that needs it."""
    return {}


@pytest.fixture
def addressed(run: Run, worker_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """This test's settings, also for code that reads the environment itself."""
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw"))
    redis_url = _nth_database(run.servers.redis_url, number)
    chosen = settings_for(run.servers.database_url, f"{run.name}_{worker_id}", run.name, redis_url, tmp_path)
    for name in [name for name in os.environ if name.startswith("RINGYARD_") and "_TEST_" not in name]:
        monkeypatch.delenv(name)
    for name in ("home", "database_url", "role_prefix", "redis_url", "secret_key", "database_pool_size", "log_level"):
        monkeypatch.setenv(f"RINGYARD_{name.upper()}", str(getattr(chosen, name)))
    settings_module.settings.cache_clear()
    yield chosen
    settings_module.settings.cache_clear()


def _nth_database(redis_url: str, number: int) -> str:
    parts = urlsplit(redis_url)
    return urlunsplit(parts._replace(path=f"/{int(parts.path.lstrip('/') or 0) + number}"))


@pytest.fixture
async def settings(
    run: Run, addressed: Settings, untouched: dict[str, str], request: pytest.FixtureRequest
) -> AsyncIterator[Settings]:
    """An installation: database and Redis open as in any of our processes. Afterwards `other` must be as it was."""
    registry.forget()
    async with copied(run.servers.database_url, run.template, addressed):
        if not untouched:
            untouched.update(await _other_checksum(addressed, run))
        await db.open_pool(addressed.role_url("app"), addressed.database_pool_size)
        await cache.open_cache(addressed.redis_url)
        await cache.cache().flushdb()
        yield addressed
        leaked = [key async for key in cache.cache().scan_iter(f"{run.tenants['other'].schema}:events*")]
        await cache.close_cache()
        await _close_pool()
        if not request.node.get_closest_marker("changes_other"):
            assert await _other_checksum(addressed, run) == untouched, "the test changed the other workspace"
            assert not leaked, "the test told the other workspace of its events"


async def _close_pool() -> None:
    """Closing waits for every connection to come back; a test that keeps one fails here and does not hang."""
    try:
        async with asyncio.timeout(10):
            await db.close_pool()
    except TimeoutError:
        pytest.fail("a connection was not given back to the pool")


async def _other_checksum(settings: Settings, run: Run) -> dict[str, str]:
    async with administrator(settings.database_url) as connection:
        return await checksum(connection, run.tenants["other"])


@pytest.fixture
def tenant(run: Run, settings: Settings) -> Tenant:
    return run.tenants["acme"]


@pytest.fixture
def other_tenant(run: Run, settings: Settings) -> Tenant:
    return run.tenants["other"]


@pytest.fixture
def seed() -> Seed:
    """The ids of acme's rows."""
    return Seed("acme")


@pytest.fixture
def other_seed() -> Seed:
    return Seed("other")


@pytest.fixture
async def in_tenant(tenant: Tenant, jobs: Recorder) -> AsyncIterator[Tenant]:
    """The test's body works for acme: `async with workspace()` opens its tables."""
    with acting_for(tenant):
        yield tenant


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """What was enqueued and committed, recorded in place of a broker."""
    recorder = Recorder()
    monkeypatch.setattr(job_seam, "_sender", recorder)
    return recorder


@pytest.fixture
def recording_files(settings: Settings, run: Run) -> None:
    """The seeded recordings' files, in the object store of this test."""
    for slug, owner in run.tenants.items():
        path = settings.home / "objects" / recording_key(Seed(slug), owner.schema)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(RECORDED)


@pytest.fixture
async def clients(settings: Settings, jobs: Recorder) -> AsyncIterator[Clients]:
    from ringyard.app import create_app

    made = Clients(create_app(settings), settings)
    yield made
    await made.close()


@pytest.fixture
def api(clients: Clients) -> Client:
    """`client = await api("operator")`, or `await api("admin", slug="other")`."""
    return clients.api


@pytest.fixture
def page_client(clients: Clients) -> Client:
    """`client = await page_client("admin")`: signed in with a session cookie."""
    return clients.page


@pytest.fixture
def visitor(clients: Clients) -> Client:
    """`client = await visitor()`; `await visitor(None)` stands at the apex."""
    return clients.visitor


@pytest.fixture
def live_server(clients: Clients) -> AbstractAsyncContextManager[str]:
    """`async with live_server as url:` the same application on a real port, for event streams."""
    return served(clients.app)
