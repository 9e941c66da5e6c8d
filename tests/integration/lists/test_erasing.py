"""One person's data: found in every base, exported whole, and erased so that nothing of it is left."""

import io
import json
import zipfile
from typing import Any

from ringyard.kit import store
from ringyard.kit.ids import new_id
from tenants.context import Tenant
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import NUMBERS, RECORDED, Seed

NUMBER, EMAIL = NUMBERS[0], "jan1@example.com"


async def _spread(client: Any, seed: Seed) -> tuple[str, str]:
    """The first contact's person in two more places: the same number in another base, the same address in this one."""
    by_number = {"base_id": str(seed.id("base", 2)), "name": "J. K.", "phones": [{"number": NUMBER}]}
    phones = [{"number": "+48601000077"}]
    by_mail = {"base_id": str(seed.id("base", 1)), "name": "Janek", "email": EMAIL.upper(), "phones": phones}
    made = [await client.post("/contacts", json=body) for body in (by_number, by_mail)]
    assert [one.status_code for one in made] == [201, 201], [one.text for one in made]
    contact = seed.id("contact", 1)
    await client.post(f"/contacts/{contact}/comments", json={"text": "Likes tea"})
    proof = {"file": ("proof.pdf", b"%PDF signed")}
    assert (await client.post(f"/contacts/{contact}/documents", files=proof)).status_code == 201
    async with workspace() as connection:
        await connection.execute(
            """insert into junk (id, import_id, base_id, row_number, cells, reason)
               values ($1, $2, $3, 9, $4, 'letters')""",
            new_id(), seed.id("import"), seed.id("base", 1), ["Jan", "601 000 001 call me", EMAIL],
        )  # fmt: skip
    return made[0].json()["id"], made[1].json()["id"]


async def test_the_preview_names_every_contact_with_the_number_or_the_address(
    api: Client, seed: Seed, in_tenant: Tenant
) -> None:
    client = await api("admin")
    others = await _spread(client, seed)
    person = (await client.get(f"/contacts/{seed.id('contact', 1)}/person")).json()
    assert {one["id"] for one in person["contacts"]} == {str(seed.id("contact", 1)), *others}
    assert (person["confirmation"], person["calls"], person["recordings"]) == (NUMBER, 1, 1)
    assert set(person["numbers"]) == {NUMBER, "+48601000077"}


async def test_only_an_administrator_may_look_or_erase(api: Client, seed: Seed) -> None:
    for role in ("supervisor", "developer", "operator"):
        client = await api(role)
        assert (await client.get(f"/contacts/{seed.id('contact', 1)}/person")).status_code == 403
        body = {"confirm": NUMBER}
        assert (await client.post(f"/contacts/{seed.id('contact', 1)}/person/erase", json=body)).status_code == 403


async def test_the_export_holds_the_rows_and_the_files(
    api: Client, seed: Seed, in_tenant: Tenant, recording_files: None
) -> None:
    client = await api("admin")
    await _spread(client, seed)
    answer = await client.get(f"/contacts/{seed.id('contact', 1)}/person/file")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        assert found.testzip() is None
        known = json.loads(found.read("person.json"))
        files = {name.partition("/")[0]: found.read(name) for name in found.namelist() if "/" in name}
    assert files == {"recordings": RECORDED, "documents": b"%PDF signed"}
    assert len(known["contacts"]) == 3
    assert "Likes tea" in [one["text"] for one in known["comments"]]
    assert {"consents", "changes", "calls", "phones"} <= {name for name, rows in known.items() if rows}
    assert [one["row_number"] for one in known["import_junk"]] == [9]


async def test_an_erasure_leaves_nothing_of_the_person(
    api: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant, recording_files: None
) -> None:
    client = await api("admin")
    await _spread(client, seed)
    keys = await _file_keys()
    order = {"confirm": "+48 601 000 001", "do_not_call": True}
    asked = await client.post(f"/contacts/{seed.id('contact', 1)}/person/erase", json=order)
    assert asked.status_code == 201, asked.text
    jobs.sent.append(jobs.sent[-1])
    await jobs.carry_out("erase_person")
    done = (await client.get(f"/erasures/{asked.json()['id']}")).json()
    assert done["state"] == "done"
    counts = done["counts"]
    assert (counts["contacts"], counts["calls"], counts["recordings"], counts["junk"]) == (3, 1, 1, 1)
    assert (counts["comments"], counts["documents"], counts["consents"], counts["do_not_call"]) == (2, 2, 1, 2)
    assert done["import_ids"] == [str(seed.id("import"))]
    assert await _tables_with(NUMBER, EMAIL, "601 000 001") == {"do_not_call"}
    assert [key for key in keys if await _stored(key)] == []
    calls = (await client.get("/calls", params={"limit": 10})).json()["items"]
    assert [call["number"] for call in calls if call["id"] == str(seed.id("call", 1))] == [""]


async def _file_keys() -> list[str]:
    async with workspace() as connection:
        rows = await connection.fetch("select file_key from documents union select file_key from recordings")
    return [row["file_key"] for row in rows]


async def _stored(key: str) -> bool:
    try:
        await store.size(key)
    except FileNotFoundError:
        return False
    return True


async def _tables_with(*texts: str) -> set[str]:
    """Every table of the workspace in which one of these texts stands anywhere."""
    found = set()
    async with workspace() as connection:
        for row in await connection.fetch("select tablename from pg_tables where schemaname = current_schema()"):
            table = row["tablename"]
            for text in texts:
                if await connection.fetchval(
                    f"select exists (select from {table} t where strpos(lower(t::text), lower($1)) > 0)", text
                ):
                    found.add(table)
    return found


async def test_a_wrong_confirmation_erases_nothing(api: Client, seed: Seed, jobs: Recorder) -> None:
    client = await api("admin")
    path = f"/contacts/{seed.id('contact', 1)}/person/erase"
    answer = await client.post(path, json={"confirm": "yes"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "confirm")
    assert "erase_person" not in jobs.names()


async def test_nobody_is_erased_during_a_call(api: Client, seed: Seed, in_tenant: Tenant) -> None:
    async with workspace() as connection:
        await connection.execute(
            "update calls set ended_at = null, state = 'bridged' where id = $1", seed.id("call", 1)
        )
    answer = await (await api("admin")).post(
        f"/contacts/{seed.id('contact', 1)}/person/erase", json={"confirm": NUMBER}
    )
    assert answer.status_code == 409


async def test_a_contact_that_is_somebody_else_is_left_with_what_it_shares(
    api: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant
) -> None:
    client = await api("admin")
    same_number, _same_mail = await _spread(client, seed)
    body = {"confirm": NUMBER, "do_not_call": True, "contact_ids": [str(seed.id("contact", 1))]}
    assert (await client.post(f"/contacts/{seed.id('contact', 1)}/person/erase", json=body)).status_code == 201
    await jobs.carry_out("erase_person")
    left = await client.get(f"/contacts/{same_number}")
    assert [phone["number"] for phone in left.json()["phones"]] == [NUMBER]
    assert (await client.get("/do-not-call", params={"q": NUMBER})).json()["items"] == []


async def test_the_page_asks_for_the_number_and_shows_what_was_done(
    page_client: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant
) -> None:
    client = await page_client("admin")
    path = f"/contacts/{seed.id('contact', 1)}/person"
    assert "Jan Kowalski 1" in (await client.get(path)).text
    refused = await client.post(f"{path}/erase", data={"confirm": "no", "do_not_call": "on"})
    assert (refused.status_code, f"Type {NUMBER}" in refused.text) == (422, True)
    done = await client.post(f"{path}/erase", data={"confirm": NUMBER, "do_not_call": "on"})
    assert "being erased" in (await client.get(done.headers["location"])).text
    await jobs.carry_out("erase_person")
    shown = (await client.get(done.headers["location"])).text
    assert "is erased" in shown
