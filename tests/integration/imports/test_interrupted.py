"""Imports and dry runs that are stopped, overtaken or lose their connection in the middle of a slice."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringyard.kit.db import connection
from ringyard.kit.settings import Settings
from tenants.context import Tenant
from tenants.imports import duplicates, merging, storing, surveying
from tenants.imports.running import run
from tenants.imports.surveying import survey
from tenants.jobs import send
from tenants.workspace import workspace
from tests.conftest import Client
from tests.integration.imports.test_duplicates import Begin, begin, figures, rows, seen
from tests.support.databases import administrator
from tests.support.jobs import Recorder

__all__ = ["begin"]


async def test_a_connection_lost_in_the_middle_of_a_slice_costs_nothing(
    begin: Begin, api: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = await begin(rows(25_000))
    merged = 0

    async def losing(*values: Any) -> None:
        nonlocal merged
        await merging.merge(*values)
        merged += 1
        if merged == 2:
            await _terminate(settings, connection().get_server_pid())

    monkeypatch.setattr(storing, "merge", losing)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await run(UUID(begun["id"]))
    monkeypatch.setattr(storing, "merge", merging.merge)
    client = await api("admin")
    assert figures(await seen(client, begun)) == {"rows": 10_000, "added": 10_000}
    await run(UUID(begun["id"]))
    assert figures(await seen(client, begun)) == {"rows": 25_000, "added": 25_000}


async def _terminate(settings: Settings, pid: int) -> None:
    async with administrator(settings.database_url) as admin:
        await admin.execute("select pg_terminate_backend($1)", pid)


async def test_a_cancel_in_the_middle_of_a_slice_does_not_wait_and_the_slice_does_not_enter(
    begin: Begin, api: Client, monkeypatch: pytest.MonkeyPatch, jobs: Recorder
) -> None:
    begun = await begin(rows(25_000))
    client = await api("admin")
    merged = 0

    async def cancelling(*values: Any) -> None:
        nonlocal merged
        await merging.merge(*values)
        merged += 1
        if merged == 2:
            asked = asyncio.create_task(client.post(f"/imports/{begun['id']}/cancel"), context=_outside())
            assert (await asked).status_code == 200

    monkeypatch.setattr(storing, "merge", cancelling)
    await run(UUID(begun["id"]))
    view = await seen(client, begun)
    assert (view["state"], view["added"], view["rows"]) == ("cancelled", 10_000, 10_000)
    async with workspace() as here:
        assert await here.fetchval("select count(*) from phones where number like '+486000%'") == 10_000


def _outside() -> Any:
    """A context in which no transaction is open."""
    from contextvars import Context

    return Context()


async def test_a_dry_run_stops_when_the_settings_change_and_counts_nothing_for_the_old_ones(
    begin: Begin, api: Client, monkeypatch: pytest.MonkeyPatch, jobs: Recorder
) -> None:
    await begin("n1;+48600000001;\n")
    await run(jobs.take("run_import")["import_id"])
    begun = await begin(rows(15_000), confirmed=False)
    client = await api("admin")
    slices = 0

    async def changing(*values: Any) -> None:
        nonlocal slices
        await duplicates.match(*values)
        slices += 1
        if slices == 2:
            change = client.patch(f"/imports/{begun['id']}", json={"duplicates": "skip"})
            assert (await asyncio.create_task(change, context=_outside())).status_code == 200

    monkeypatch.setattr(surveying, "match", changing)
    await survey(UUID(begun["id"]))
    monkeypatch.setattr(surveying, "match", duplicates.match)
    assert (await seen(client, begun))["survey"] is None
    await survey(UUID(begun["id"]))
    assert figures((await seen(client, begun))["survey"]) == {
        "rows": 15_000, "added": 14_999, "skipped": 1, "found_here": 1
    }  # fmt: skip


async def test_a_lost_dry_run_is_asked_for_again(begin: Begin, jobs: Recorder, in_tenant: Tenant) -> None:
    begun = await begin(rows(3), confirmed=False)
    jobs.sent.clear()
    async with workspace() as here:
        await here.execute("update imports set created_at = now() - interval '1 hour' where state = 'preview'")
    send("sweep", in_tenant.schema, {})
    await jobs.carry_out("sweep")
    assert begun["id"] in [job.arguments["import_id"] for job in jobs.sent if job.name == "survey_import"]
