"""One workspace's cookie, token, recording and live stream are worth nothing on another."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from tenants.context import Tenant, acting_for
from tenants.events import emit
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.lookalikes import RECORDED, Seed
from tests.support.web import Clients


async def test_a_token_of_another_workspace_is_refused(visitor: Client, seed: Seed) -> None:
    client = await visitor("other")
    answer = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {seed.token('admin')}"})
    assert answer.status_code == 401


async def test_a_session_of_another_workspace_is_no_session(page_client: Client, visitor: Client) -> None:
    ours = await page_client("admin")
    assert (await ours.get("/")).status_code == 200
    theirs = await visitor("other")
    theirs.cookies.update({cookie.name: cookie.value or "" for cookie in ours.cookies.jar})
    answer = await theirs.get("/")
    assert answer.status_code == 401 or "/login" in answer.headers.get("location", "")


async def test_an_unknown_subdomain_is_a_404_page(visitor: Client) -> None:
    answer = await (await visitor("nobody")).get("/")
    assert answer.status_code == 404
    assert "html" in answer.headers["content-type"]


async def test_a_workspace_s_pages_do_not_exist_at_the_apex(visitor: Client) -> None:
    apex = await visitor(None)
    assert (await apex.get("/api/v1/me")).status_code == 404


@pytest.mark.usefixtures("recording_files")
async def test_a_recording_is_heard_in_its_own_workspace_only(api: Client, seed: Seed, other_seed: Seed) -> None:
    client = await api("admin")
    assert (await client.get(f"/recordings/{seed.id('recording')}")).content == RECORDED
    assert (await client.get(f"/recordings/{other_seed.id('recording')}")).status_code == 404


@pytest.mark.changes_other
async def test_the_event_stream_tells_of_its_own_workspace_only(
    clients: Clients, live_server: AbstractAsyncContextManager[str], tenant: Tenant, other_tenant: Tenant, seed: Seed
) -> None:
    async with (
        asyncio.timeout(20),
        live_server as url,
        httpx.AsyncClient(base_url=url, headers=_headers(clients, seed)) as client,
        client.stream("GET", "/api/v1/events", timeout=20) as answer,
    ):
        lines = answer.aiter_lines()
        await _next(lines, ": connected")
        for told, one in (("theirs", other_tenant), ("ours", tenant)):
            with acting_for(one):
                async with workspace():
                    emit("campaign.started", name=told)
        assert json.loads("{" + await _next(lines, "data: {"))["name"] == "ours"


def _headers(clients: Clients, seed: Seed) -> dict[str, str]:
    host = clients.settings.workspace_url(seed.slug, "").removeprefix("http://")
    return {"Host": host, "Authorization": f"Bearer {seed.token('admin')}"}


async def _next(lines: AsyncIterator[str], prefix: str) -> str:
    async for line in lines:
        if line.startswith(prefix):
            return line.removeprefix(prefix)
    raise AssertionError("the stream ended")
