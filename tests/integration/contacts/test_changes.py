"""The audit: every change of a contact is kept with who made it, and only what differs."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tenants.calls.lifecycle import Answered, Ended
from tenants.calls.storing import store
from tenants.context import Tenant
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.lookalikes import NUMBERS, Seed


async def changed(client: Any, contact_id: object, **fields: Any) -> Any:
    answer = await client.patch(f"/contacts/{contact_id}", json=fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def changes(client: Any, contact_id: object, **query: Any) -> Any:
    answer = await client.get(f"/contacts/{contact_id}/changes", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_change_tells_who_and_only_what_differs(api: Client, seed: Seed) -> None:
    client = await api("operator")
    await changed(client, seed.id("contact"), name="Ewa", email="jan1@example.com")
    (one,) = (await changes(client, seed.id("contact")))["items"]
    assert (one["source"], one["user_id"]) == ("api", str(seed.id("user", "operator")))
    assert (one["before"], one["after"]) == ({"name": "Jan Kowalski 1"}, {"name": "Ewa"})


async def test_a_page_is_told_apart_from_a_token(api: Client, page_client: Client, seed: Seed) -> None:
    client = await page_client("supervisor")
    contact_id, base_id = seed.id("contact"), seed.id("base")
    typed = {"base_id": str(base_id), "name": "Ewa", "numbers": [NUMBERS[0]]}
    assert (await client.post(f"/contacts/{contact_id}/edit", data=typed)).status_code == 303
    found = (await changes(await api("admin"), contact_id))["items"]
    assert (found[0]["source"], found[0]["user_id"]) == ("user", str(seed.id("user", "supervisor")))


async def test_a_change_that_changes_nothing_leaves_no_trace(api: Client, seed: Seed) -> None:
    client = await api("admin")
    before = await changed(client, seed.id("contact"), region="PL")
    after = await changed(client, seed.id("contact"), name=before["name"], phones=[{"number": NUMBERS[0]}])
    assert after == before
    assert len((await changes(client, seed.id("contact")))["items"]) == 1


async def test_a_new_contact_s_first_line_is_all_it_began_with(api: Client, seed: Seed) -> None:
    client = await api("admin")
    body = {"base_id": str(seed.id("base")), "phones": [{"number": "601200300"}], "name": "Ewa"}
    made = (await client.post("/contacts", json=body)).json()
    (one,) = (await changes(client, made["id"]))["items"]
    assert one["before"] == {}
    assert one["after"] == {
        "name": "Ewa",
        "phones": ["+48601200300"],
        "base_id": str(seed.id("base")),
        "region": "PL",
        "timezone": "Europe/Warsaw",
        "status": "new",
    }


async def test_numbers_kinds_and_marks_are_told_apart(api: Client, seed: Seed) -> None:
    client = await api("admin")
    number = NUMBERS[0]
    steps: list[list[dict[str, Any]]] = [
        [{"number": number, "kind": "work"}],
        [{"number": number, "kind": "work", "bad": True}],
        [{"number": number, "kind": "work"}, {"number": "601200300"}],
    ]
    await changed(client, seed.id("contact"), region="PL")
    for phones in steps:
        await changed(client, seed.id("contact"), phones=phones)
    found = (await changes(client, seed.id("contact")))["items"][2::-1]
    assert [one["before"] for one in found] == [
        {"phone_kinds": {number: "mobile"}},
        {"bad_numbers": []},
        {"phones": [number]},
    ]
    assert [one["after"] for one in found] == [
        {"phone_kinds": {number: "work"}},
        {"bad_numbers": [number]},
        {"phones": [number, "+48601200300"]},
    ]


async def test_an_outcome_brings_its_status_into_the_same_line(api: Client, seed: Seed) -> None:
    client = await api("admin")
    await changed(client, seed.id("contact"), outcome_id=str(seed.id("outcome", 2)))
    (one,) = (await changes(client, seed.id("contact")))["items"]
    assert one["after"] == {"outcome_id": str(seed.id("outcome", 2)), "status": "do_not_call"}


async def test_of_own_fields_only_the_changed_ones_are_told(api: Client, seed: Seed) -> None:
    client = await api("admin")
    await changed(client, seed.id("contact"), custom={"tariff": "a", "shoe": "42"})
    await changed(client, seed.id("contact"), custom={"tariff": "B", "shoe": "42"})
    (last, first) = (await changes(client, seed.id("contact")))["items"]
    assert first["after"] == {"custom": {"tariff": "A", "shoe": "42"}}
    assert (last["before"], last["after"]) == ({"custom": {"tariff": "A"}}, {"custom": {"tariff": "B"}})


async def test_the_history_comes_in_pages(api: Client, seed: Seed) -> None:
    client = await api("admin")
    for n in range(5):
        await changed(client, seed.id("contact"), name=f"Ewa {n}")
    first = await changes(client, seed.id("contact"), limit=3)
    rest = await changes(client, seed.id("contact"), limit=3, cursor=first["next_cursor"])
    names = [one["after"]["name"] for one in [*first["items"], *rest["items"]]]
    assert names == ["Ewa 4", "Ewa 3", "Ewa 2", "Ewa 1", "Ewa 0"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(("custom", "wrong"), [({"tariff": "C"}, ["custom.tariff"]), ({"shoe": "42 EU"}, [])])
async def test_an_own_field_s_value_is_checked_by_its_kind(
    api: Client, seed: Seed, custom: dict[str, str], wrong: list[str]
) -> None:
    answer = await (await api("admin")).patch(f"/contacts/{seed.id('contact')}", json={"custom": custom})
    assert [error["field"] for error in answer.json().get("errors", [])] == wrong


async def test_a_value_that_stands_wrong_does_not_hinder_another_change(api: Client, seed: Seed) -> None:
    client = await api("admin")
    await changed(client, seed.id("contact"), custom={"tariff": "A"})
    await client.patch(f"/custom-fields/{seed.id('custom_field')}", json={"choices": ["B"]})
    assert (await changed(client, seed.id("contact"), name="Ewa"))["custom"] == {"tariff": "A"}


async def test_a_number_s_bad_mark_stays_until_it_is_lifted(api: Client, seed: Seed) -> None:
    client = await api("admin")
    for phone, bad in (({"bad": True}, True), ({}, True), ({"bad": False}, False)):
        contact = await changed(client, seed.id("contact"), phones=[{"number": NUMBERS[0], **phone}])
        assert contact["phones"][0]["bad"] is bad


@pytest.mark.parametrize(
    ("fields", "source", "reason"),
    [
        ({"outcome_id": str(Seed("acme").id("outcome", 2))}, "outcome", "Do not call"),
        ({"status": "do_not_call"}, "api", ""),
    ],
)
async def test_the_numbers_of_who_is_not_to_be_called_go_on_the_list(
    api: Client, seed: Seed, fields: dict[str, Any], source: str, reason: str
) -> None:
    client = await api("operator")
    await changed(client, seed.id("contact"), **fields)
    listed = (await client.get("/do-not-call", params={"q": NUMBERS[0]})).json()["items"]
    assert [(one["source"], one["reason"]) for one in listed] == [(source, reason)]


async def test_what_a_call_decides_about_a_contact_is_the_dialer_s_change(
    api: Client, in_tenant: Tenant, seed: Seed
) -> None:
    contact_id, call_id, at = seed.id("contact", 2), seed.id("call", 99), datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    async with workspace() as connection:
        await connection.execute("update targets set state = 'active' where contact_id = $1", contact_id)
        await connection.execute(
            """insert into calls (id, campaign_id, contact_id, trunk_id, number, node, queued_at, reserved_at)
               values ($1, $2, $3, $4, $5, 'node1', $6, $6)""",
            call_id, seed.id("campaign"), contact_id, seed.id("trunk"), NUMBERS[1], at,
        )  # fmt: skip
        await store([Answered(call_id, at), Ended(call_id, at, "answered")])
    (one,) = (await changes(await api("admin"), contact_id))["items"]
    assert (one["source"], one["user_id"]) == ("dialer", None)
    assert (one["before"], one["after"]) == ({"status": "new"}, {"status": "done"})


@pytest.mark.parametrize("fields", [{"name": "Ewa\0"}, {"custom": {"shoe": "4\0002"}}])
async def test_a_character_that_cannot_be_stored_is_refused(api: Client, seed: Seed, fields: dict[str, Any]) -> None:
    answer = await (await api("admin")).patch(f"/contacts/{seed.id('contact')}", json=fields)
    assert answer.status_code == 422
    assert "cannot be stored" in answer.json()["detail"]
