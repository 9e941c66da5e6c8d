"""The customer whose contacts are measured, at work over the API: a token of its own, and waiting for jobs to end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from ringyard.bench.campaigns import LOGIN
from ringyard.kit.settings import Settings
from ringyard.local.faults import LocalError
from tenants.agents import credentials, tokens
from tenants.workspace import workspace

LOOK_S = 0.2
PATIENCE_S = 900.0


class Client:
    """Paths are below `/api/v1`; every answer must be a good one."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def get(self, path: str, **query: Any) -> Any:
        return _good(await self.http.get(path, params=query)).json()

    async def post(self, path: str, body: Any = None, **parts: Any) -> Any:
        return _good(await self.http.post(path, json=body, **parts)).json()

    async def ended(self, path: str) -> Any:
        """The import or operation once it no longer runs. Raises LocalError when that takes too long or it failed."""
        async with asyncio.timeout(PATIENCE_S):
            while (seen := await self.get(path))["state"] == "running":  # noqa: ASYNC110 - the worker does the work
                await asyncio.sleep(LOOK_S)
        if seen["state"] != "done":
            raise LocalError(f"{path} ended as {seen['state']}: {seen['error']}")
        return seen


@asynccontextmanager
async def client_of(settings: Settings, slug: str) -> AsyncIterator[Client]:
    """For the workspace that is acted for, whose subdomain is `slug`."""
    async with workspace():
        account = await credentials.by_name(LOGIN)
        if account is None:
            raise LocalError("The bench's own customer is not there.")
        secret = await tokens.create(account.id, "bench")
    headers = {"Host": settings.netloc(f"{slug}.{settings.domain}"), "Authorization": f"Bearer {secret}"}
    address = f"http://127.0.0.1:{settings.port}/api/v1"
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120) as http:
        yield Client(http)


def _good(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise LocalError(f"{answer.request.method} {answer.request.url.path} was answered: {answer.text[:500]}")
