"""HTTP clients: the application in this process, reached by the host names of its workspaces."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn

from ringyard.kit.settings import Settings
from tests.support.lookalikes import PASSWORD, Seed
from tests.support.waiting import until


@dataclass
class Clients:
    """Makes clients and closes them with the test. `*.localhost` is not resolved: requests carry a Host header."""

    app: Any
    settings: Settings
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def visitor(self, slug: str | None = "acme") -> httpx.AsyncClient:
        """Nobody in particular, with a cookie jar of its own; without a slug at the apex."""
        host = self.settings.workspace_url(slug, "") if slug else self.settings.apex_url("")
        transport = httpx.ASGITransport(self.app)
        return await self._open.enter_async_context(httpx.AsyncClient(transport=transport, base_url=host))

    async def api(self, role: str = "admin", slug: str = "acme") -> httpx.AsyncClient:
        """That role's user with a bearer token; paths are below `/api/v1`: `client.get("/contacts")`."""
        client = await self.visitor(slug)
        client.base_url = client.base_url.join("/api/v1")
        client.headers["Authorization"] = f"Bearer {Seed(slug).token(role)}"
        return client

    async def page(self, role: str = "admin", slug: str = "acme") -> httpx.AsyncClient:
        """That role's user with a session, signed in by the login form."""
        client = await self.visitor(slug)
        await sign_in(client, Seed(slug).email(role), PASSWORD)
        return client

    async def close(self) -> None:
        await self._open.aclose()


async def sign_in(client: httpx.AsyncClient, login: str, password: str) -> None:
    answer = await client.post("/login", data={"login": login, "password": password})
    assert answer.status_code in (302, 303), answer.text


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The application on a real port, for answers that never end (event streams); gives `http://127.0.0.1:PORT`."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve())
    try:
        await until(lambda: server.started, what="the web server has started")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task
