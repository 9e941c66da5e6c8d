"""Taking an import back: what it added goes, what it gave to others is taken away, where nobody touched it since."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tenants.context import Tenant
from tenants.imports import undoing
from tenants.imports.staying import touched_of_import
from tenants.imports.undoing import run_undo
from tenants.jobs import send
from tenants.workspace import workspace
from tests.conftest import Client
from tests.integration.imports.test_duplicates import Begin, begin, bring, rows, seen
from tests.integration.imports.test_import import contacts_of
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

__all__ = ["begin", "bring"]


async def stayed(view: Any) -> list[tuple[str, str, str]]:
    async with workspace():
        page = await touched_of_import(UUID(view["id"]), limit=500)
    return sorted((one.name, one.what, one.why) for one in page.items)


async def test_merges_are_taken_back_and_what_others_wrote_since_stays(bring: Begin, api: Client, seed: Seed) -> None:
    first = await bring("Anna;+48501000001;\n;+48501000002;\n")
    second = await bring(
        "Nowak;+48501000001 +48501000003;a@example.com\nEwa;+48501000002;\n", category_ids=[str(seed.id("category", 1))]
    )
    client = await api("admin")
    ewa, anna = sorted(await contacts_of(client, first), key=lambda one: one["name"], reverse=True)
    assert (ewa["name"], anna["email"], len(anna["phones"])) == ("Ewa", "a@example.com", 2)
    await client.patch(f"/contacts/{ewa['id']}", json={"name": "Ewa Mazur"})
    await client.patch(f"/contacts/{anna['id']}", json={"comment": "rang back"})
    assert (await client.post(f"/imports/{second['id']}/undo")).status_code == 200
    anna, ewa = await contacts_of(client, first)
    assert (anna["email"], len(anna["phones"]), anna["comment"], anna["category_ids"]) == ("", 1, "rang back", [])
    assert ewa["name"] == "Ewa Mazur"
    assert await stayed(second) == [("Ewa Mazur", "merged", "changed")]
    assert (await client.get("/contacts", params={"q": "501000003"})).json()["items"] == []


async def test_contacts_that_were_changed_called_or_written_about_stay(bring: Begin, api: Client, seed: Seed) -> None:
    view = await bring("Anna;+48501000001;\nEwa;+48501000002;\nIga;+48501000003;\nOla;+48501000004;\n")
    client = await api("admin")
    anna, ewa, iga, _ola = await contacts_of(client, view)
    await client.patch(f"/contacts/{anna['id']}", json={"comment": "rang back"})
    async with workspace() as here:
        await here.execute("update calls set contact_id = $1 where id = $2", UUID(ewa["id"]), seed.id("call", 1))
        await here.execute(
            "insert into contact_comments (id, contact_id, text) values (gen_random_uuid(), $1, 'nice')",
            UUID(iga["id"]),
        )
    undone = (await client.post(f"/imports/{view['id']}/undo")).json()
    assert undone["removed"] == 1
    assert await stayed(view) == [
        ("Anna", "added", "changed"),
        ("Ewa", "added", "called"),
        ("Iga", "added", "changed"),
    ]
    again = (await client.post(f"/imports/{view['id']}/undo")).json()
    assert again["removed"] == 1
    assert len(await contacts_of(client, view)) == 3


async def test_a_row_joined_to_a_contact_of_the_same_import_leaves_it_untouched(bring: Begin, api: Client) -> None:
    view = await bring("Anna;+48501000001;\n" + rows(10_000) + ";+48501000001 +48501000002;a@example.com\n")
    client = await api("admin")
    await client.post(f"/imports/{view['id']}/undo")
    await run_undo(UUID(view["id"]))
    assert (await seen(client, view))["removed"] == 10_001
    assert await stayed(view) == []


async def test_an_undo_killed_in_between_goes_on_where_it_was(
    bring: Begin, api: Client, jobs: Recorder, in_tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(rows(300), base=2)
    view = await bring(rows(2_500).replace("+48", "+48777000111 +48", 1), base=2, category_ids=[])
    client = await api("admin")
    await client.post(f"/imports/{view['id']}/undo")
    job = jobs.take("undo_import")
    undo = asyncio.create_task(run_undo(UUID(job["import_id"]), 100))
    await _killed_on_the_way(undo, monkeypatch)
    half = (await seen(client, view))["removed"]
    assert 0 < half < 2_200
    async with workspace() as here:
        await here.execute(
            "update imports set moved_at = now() - interval '1 hour', undone_at = now() - interval '1 hour'"
        )
    send("sweep", in_tenant.schema, {})
    await jobs.carry_out("sweep", "undo_import")
    assert (await seen(client, view))["removed"] == 2_200
    async with workspace() as here:
        assert await here.fetchval("select count(*) from phones where number = '+48777000111'") == 0
        assert await here.fetchval("select count(*) from phones where number like '+486000%'") == 300
    await run_undo(UUID(view["id"]), 100)
    assert (await seen(client, view))["removed"] == 2_200


async def _killed_on_the_way(undo: asyncio.Task[None], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of its fourth slice's transaction."""
    reached, slices, looked = asyncio.Event(), 0, undoing._move

    async def counting(*values: Any) -> None:
        nonlocal slices
        await looked(*values)
        slices += 1
        if slices == 4:
            reached.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(undoing, "_move", counting)
    async with asyncio.timeout(30):
        await reached.wait()
    undo.cancel()
    with pytest.raises(asyncio.CancelledError):
        await undo
    monkeypatch.setattr(undoing, "_move", looked)
