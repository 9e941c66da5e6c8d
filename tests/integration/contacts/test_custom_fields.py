"""Own fields of contacts: defined by API and page, kept by kind."""

from typing import Any

from tenants.context import Tenant
from tenants.custom_fields.service import custom_kinds, ensure_custom_fields
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.lookalikes import Seed


async def defined(client: Any, **fields: Any) -> Any:
    answer = await client.post("/custom-fields", json=fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_field_gets_its_key_from_its_name_and_the_place_that_is_asked(api: Client) -> None:
    client = await api("supervisor")
    await defined(client, name="Plan", kind="choice", choices=["Basic", " Full ", "basic"], position=2)
    first = await defined(client, name="Contract number", position=1)
    assert first["key"] == "contract_number"
    listed = (await client.get("/custom-fields")).json()["items"]
    assert [(one["key"], one["choices"]) for one in listed] == [
        ("tariff", ["A", "B"]),
        ("contract_number", []),
        ("plan", ["Basic", "Full"]),
    ]


async def test_two_fields_of_one_name_or_key_cannot_be_told_apart(api: Client) -> None:
    client = await api("admin")
    await defined(client, name="Plan")
    for fields, wrong in (({"name": "PLAN"}, "name"), ({"name": "Rate", "key": "Tariff"}, "key")):
        refused = await client.post("/custom-fields", json=fields)
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == [wrong]


async def test_a_workspace_has_at_most_fifty(api: Client) -> None:
    client = await api("admin")
    for n in range(49):
        await defined(client, name=f"Field {n}")
    assert (await client.post("/custom-fields", json={"name": "One more"})).status_code == 409


async def test_a_renamed_field_keeps_its_key(api: Client) -> None:
    client = await api("admin")
    made = await defined(client, name="Plan")
    changed = (await client.patch(f"/custom-fields/{made['id']}", json={"name": "Rate"})).json()
    assert (changed["name"], changed["key"]) == ("Rate", "plan")


async def test_an_operator_reads_fields_and_changes_none(api: Client) -> None:
    client = await api("operator")
    assert (await client.get("/custom-fields")).status_code == 200
    assert (await client.post("/custom-fields", json={"name": "Mine"})).status_code == 403


async def test_an_import_s_keys_find_fields_by_key_or_name_and_make_the_rest(in_tenant: Tenant, api: Client) -> None:
    await defined(await api("admin"), name="Contract number", kind="number")
    async with workspace():
        asked = await ensure_custom_fields(["contract NUMBER", "Rate", "Contract_number"])
        kinds = await custom_kinds()
    assert asked == {"contract NUMBER": "contract_number", "Rate": "Rate", "Contract_number": "contract_number"}
    assert kinds == {
        "tariff": ("choice", ("A", "B")),
        "contract_number": ("number", ()),
        "Rate": ("text", ()),
    }


async def test_the_page_makes_a_choice_and_says_what_is_wrong(page_client: Client, seed: Seed) -> None:
    client = await page_client("admin")
    typed = {"name": "Plan", "kind": "choice", "choices": "", "position": "1"}
    refused = await client.post("/custom-fields/new", data=typed)
    assert refused.status_code == 422
    assert "at least one choice" in refused.text
    done = await client.post("/custom-fields/new", data={**typed, "choices": "Basic\r\nFull"})
    assert done.headers["location"] == "/custom-fields"
    shown = (await client.get("/custom-fields")).text
    assert "Basic, Full" in shown
    assert "Contacts keep their values" in shown
