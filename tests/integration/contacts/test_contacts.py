"""Contacts, bases, categories and outcomes through the API."""

from typing import Any

import pytest

from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed


async def made(client: Any, seed: Seed, **fields: Any) -> Any:
    body = {"base_id": str(seed.id("base", 2)), "phones": [{"number": "601 200 300"}], **fields}
    answer = await client.post("/contacts", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def names(client: Any, **filters: Any) -> list[str]:
    answer = await client.get("/contacts", params={"limit": 500, **filters})
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_a_contact_s_numbers_are_completed_and_it_goes_to_the_campaigns(
    api: Client, seed: Seed, jobs: Recorder
) -> None:
    numbers = [{"number": "22 123 45 67"}, {"number": "+380 67 123 45 67", "kind": "work"}, {"number": "221234567"}]
    contact = await made(await api("operator"), seed, name="Łukasz", phones=numbers)
    assert [(phone["number"], phone["kind"]) for phone in contact["phones"]] == [
        ("+48221234567", "fixed"),
        ("+380671234567", "work"),
    ]
    assert (contact["region"], contact["timezone"], contact["status"]) == ("PL", "Europe/Warsaw", "new")
    assert "enrol_base" in jobs.names()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"phones": []}, "phones"),
        ({"phones": [{"number": "601200300"}, {"number": "abc"}]}, "phones.1.number"),
        ({"email": "not an address"}, "email"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"status": "in_call"}, "status"),
        ({"base_id": "00000000-0000-0000-0000-000000000001"}, "base_id"),
        ({"category_ids": ["00000000-0000-0000-0000-000000000001"]}, "category_ids"),
        ({"responsible_id": "00000000-0000-0000-0000-000000000001"}, "responsible_id"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    api: Client, seed: Seed, fields: dict[str, Any], wrong: str
) -> None:
    body = {"base_id": str(seed.id("base", 2)), "phones": [{"number": "601200300"}], **fields}
    refused = await (await api("admin")).post("/contacts", json=body)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [wrong]


async def test_a_change_touches_only_what_it_names(api: Client, seed: Seed) -> None:
    client = await api("admin")
    contact = await made(client, seed, name="Anna", comment="rings back", custom={"City": "Łódź"})
    changed = (await client.patch(f"/contacts/{contact['id']}", json={"phones": [{"number": "601200301"}]})).json()
    assert [phone["number"] for phone in changed["phones"]] == ["+48601200301"]
    assert (changed["name"], changed["comment"], changed["custom"]) == ("Anna", "rings back", {"City": "Łódź"})
    assert changed["modified_at"] > contact["modified_at"]


async def test_an_outcome_brings_its_status_with_it(api: Client, seed: Seed) -> None:
    client = await api("admin")
    outcome = (await client.post("/outcomes", json={"name": "Never again", "kind": "do_not_call"})).json()
    contact = await made(client, seed)
    changed = await client.patch(f"/contacts/{contact['id']}", json={"outcome_id": outcome["id"]})
    assert changed.json()["status"] == "do_not_call"
    assert (await client.delete(f"/outcomes/{outcome['id']}")).status_code == 409


@pytest.mark.parametrize(
    "q", ["żółć", "ZOLC", "łuk żół", "zo", "lukasz@", "601987654", "+48 601 987 654", "7654", "0601987654", "60198"]
)
async def test_a_search_finds_by_parts_of_name_address_and_number(api: Client, seed: Seed, q: str) -> None:
    client = await api("admin")
    await made(client, seed, name="Żółć Łukasz", email="lukasz@example.com", phones=[{"number": "601987654"}])
    await made(client, seed, name="Nowak Ewa", email="ewa@example.com", phones=[{"number": "502111222"}])
    found = await names(client, q=q)
    assert "Żółć Łukasz" in found
    assert "Nowak Ewa" not in found


async def test_signs_of_patterns_are_letters_like_any_other(api: Client, seed: Seed) -> None:
    client = await api("admin")
    await made(client, seed, name="100% Ltd_\\x")
    assert await names(client, q="0% Ltd_\\") == ["100% Ltd_\\x"]
    assert await names(client, q="%%%") == []


async def test_pages_go_through_everything_once_in_either_order(api: Client, seed: Seed) -> None:
    client = await api("admin")
    base = (await client.post("/bases", json={"name": "Pages", "group": "Trials"})).json()
    for name in ("Ćma", "Adam", "łoś", "Zenon", "Celina"):
        await made(client, seed, base_id=base["id"], name=name)
    for sort, wanted in (
        ("name", ["Adam", "Celina", "Ćma", "łoś", "Zenon"]),
        ("-modified", ["Celina", "Zenon", "łoś", "Adam", "Ćma"]),
    ):
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            filters = {"base_id": base["id"], "limit": 2, "sort": sort} | ({"cursor": cursor} if cursor else {})
            answer = (await client.get("/contacts", params=filters)).json()
            found += [one["name"] for one in answer["items"]]
            cursor = answer["next_cursor"]
        assert found == wanted


async def test_filters_are_joined(api: Client, seed: Seed) -> None:
    client = await api("admin")
    category = (await client.post("/categories", json={"name": "Gold", "colour": "#ffcc00"})).json()
    operator = str(seed.id("user", "operator"))
    await made(client, seed, name="Both", category_ids=[category["id"]], responsible_id=operator, status="callback")
    await made(client, seed, name="One", category_ids=[category["id"]])
    assert await names(client, category_id=category["id"], agent_id=operator, status="callback") == ["Both"]
    assert sorted(await names(client, category_id=category["id"])) == ["Both", "One"]
    assert (await client.delete(f"/categories/{category['id']}")).status_code == 204
    assert (await client.get("/contacts", params={"q": "Both"})).json()["items"][0]["category_ids"] == []


async def test_names_of_lists_are_unique_whatever_their_case(api: Client) -> None:
    client = await api("admin")
    for path, body in (
        ("/bases", {"name": "Ósma"}),
        ("/categories", {"name": "Ósma"}),
        ("/outcomes", {"name": "Ósma"}),
    ):
        assert (await client.post(path, json=body)).status_code == 201
        again = await client.post(path, json={"name": "ósma"})
        assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "name")


async def test_a_base_with_contacts_is_not_deleted(api: Client, seed: Seed) -> None:
    client = await api("admin")
    base = (await client.post("/bases", json={"name": "Short-lived"})).json()
    contact = await made(client, seed, base_id=base["id"])
    assert (await client.delete(f"/bases/{base['id']}")).status_code == 409
    assert (await client.delete(f"/contacts/{contact['id']}")).status_code == 204
    assert (await client.delete(f"/bases/{base['id']}")).status_code == 204


@pytest.mark.changes_other  # the stranger's token is used
async def test_another_workspace_s_rows_are_unknown(api: Client, seed: Seed) -> None:
    stranger = await api("admin", slug="other")
    for path in (f"/contacts/{seed.id('contact', 1)}", f"/bases/{seed.id('base', 1)}"):
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.patch(path, json={"name": "mine"})).status_code == 404
        assert (await stranger.delete(path)).status_code == 404
