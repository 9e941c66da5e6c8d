"""The search texts beside contacts: written with every change, and after a large import."""

from typing import Any

from ringyard.kit.ids import new_id
from tenants.context import Tenant
from tenants.jobs import send
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed
from tests.support.texts import wrong_texts


async def test_a_contact_s_text_follows_its_changes(api: Client, seed: Seed, in_tenant: Tenant) -> None:
    client = await api("admin")
    body = {"base_id": str(seed.id("base", 2)), "name": "Żółć Ł", "phones": [{"number": "601200300"}]}
    contact = (await client.post("/contacts", json=body)).json()
    assert await _words(contact["id"]) == "zolc l   48601200300"
    change = {"email": "Z@example.com", "external_id": "X-1", "phones": [{"number": "601200301"}]}
    await client.patch(f"/contacts/{contact['id']}", json=change)
    assert await _words(contact["id"]) == "zolc l z@example.com x-1 48601200301"
    await client.delete(f"/contacts/{contact['id']}")
    assert await _words(contact["id"]) is None
    assert await wrong_texts() == []


async def test_the_names_of_a_region_stay_together_when_a_contact_moves_there(
    api: Client, seed: Seed, in_tenant: Tenant
) -> None:
    client, base_id = await api("admin"), str(seed.id("base", 2))
    for number, (name, region) in enumerate((("Berta", "FR"), ("Anna", "FR"), ("Carl", "IT"))):
        body = {"base_id": base_id, "name": name, "region": region, "phones": [{"number": f"60120030{number}"}]}
        made = (await client.post("/contacts", json=body)).json()
    await client.patch(f"/contacts/{made['id']}", json={"region": "FR"})
    found = await client.get("/contacts", params={"region": "FR", "sort": "name"})
    assert [one["name"] for one in found.json()["items"]] == ["Anna", "Berta", "Carl"]
    async with workspace() as here:
        await here.execute("update contacts set region = 'IT' where id = $1", made["id"])
    assert await wrong_texts() == []


async def test_a_large_import_s_texts_are_written_after_it_slice_by_slice(
    in_tenant: Tenant, jobs: Recorder, seed: Seed, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tenants.contacts.texts.SLICE", 2)
    await _imported(seed, 5)
    assert len(await wrong_texts()) == 5
    for _ in range(2):
        send("write_texts", in_tenant.schema, {"import_id": str(seed.id("import"))})
    await jobs.carry_out("write_texts")
    assert await wrong_texts() == []


async def test_an_import_s_texts_that_a_crash_left_out_are_asked_for_again(
    in_tenant: Tenant, jobs: Recorder, seed: Seed
) -> None:
    await _imported(seed, 1)
    send("sweep", in_tenant.schema, {})
    await jobs.carry_out("sweep", "write_texts")
    assert await wrong_texts() == []
    send("sweep", in_tenant.schema, {})
    await jobs.carry_out("sweep")
    assert "write_texts" not in jobs.names()


async def _words(contact_id: str) -> str | None:
    async with workspace() as here:
        found: str | None = await here.fetchval("select words from contact_texts where contact_id = $1", contact_id)
        return found


async def _imported(seed: Seed, count: int) -> None:
    """Contacts of the seeded import that has just ended, without their texts."""
    async with workspace() as here:
        await here.execute(
            "update imports set texts_done_at = null, finished_at = now() - interval '1 hour' where id = $1",
            seed.id("import"),
        )
        await here.executemany(
            "insert into contacts (id, base_id, name, import_id) values ($1, $2, $3, $4)",
            [(new_id(), seed.id("base"), f"Imported {n}", seed.id("import")) for n in range(count)],
        )
