"""Users of a workspace through the API: made, changed, deactivated, never deleted."""

from typing import Any

import pytest

from ringyard.kit.db import core
from tenants.context import Tenant
from tests.conftest import Client
from tests.support.lookalikes import Seed

NEW = {"name": "Nowa Osoba", "login": "nowa"}


async def test_a_new_agent_gets_the_next_free_extension_and_a_phone(api: Client, tenant: Tenant) -> None:
    client = await api("admin")
    agent = (await client.post("/agents", json=NEW)).json()
    assert agent["extension"] == "105"
    assert agent["role"] == "operator"
    assert agent["state"] == "offline"
    async with core() as connection:
        phone = await connection.fetchrow("select set_var, callerid from core.ps_endpoints where callerid = '105'")
    assert phone is not None
    assert tenant.schema in phone["set_var"]


async def test_a_deactivated_agent_loses_the_phone_and_stays_in_the_list(api: Client) -> None:
    client = await api("admin")
    agent = (await client.post("/agents", json=NEW)).json()
    await client.patch(f"/agents/{agent['id']}", json={"active": False})
    async with core() as connection:
        assert await connection.fetchval("select count(*) from core.ps_endpoints where callerid = '105'") == 0
    assert (await client.get(f"/agents/{agent['id']}")).json()["active"] is False
    assert (await client.delete(f"/agents/{agent['id']}")).status_code == 405


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"login": "two words"}, "login"),
        ({"login": "Admin@example.com"}, "login"),
        ({"extension": "101"}, "extension"),
        ({"extension": "0123"}, "extension"),
        ({"password": "short"}, "password"),
        ({"role": "boss"}, "role"),
        ({"boss": True}, "boss"),
    ],
)
async def test_a_wrong_field_is_named(api: Client, change: dict[str, Any], field: str) -> None:
    answer = await (await api("admin")).post("/agents", json={**NEW, **change})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_the_last_administrator_stays_one(api: Client, seed: Seed) -> None:
    client = await api("developer")
    for change in ({"active": False}, {"role": "operator"}):
        assert (await client.patch(f"/agents/{seed.id('user', 'admin')}", json=change)).status_code == 409
    assert (await client.get(f"/agents/{seed.id('user', 'admin')}")).json()["role"] == "admin"


async def test_pages_of_the_list_add_up_to_the_whole(api: Client) -> None:
    client = await api("admin")
    for number in range(5):
        await client.post("/agents", json={"name": f"Same Name {number // 3}", "login": f"agent-{number}"})
    whole = [agent["id"] for agent in (await client.get("/agents")).json()["items"]]
    read, cursor = [], None
    while True:
        page = (await client.get("/agents", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        read += [agent["id"] for agent in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert read == whole
    assert len(whole) == 9


async def test_a_cursor_that_was_tampered_with_is_refused(api: Client) -> None:
    answer = await (await api("admin")).get("/agents", params={"cursor": "bm9uc2Vuc2U"})
    assert answer.status_code == 422


async def test_agents_set_their_own_state_and_administrators_everybody_s(api: Client, seed: Seed) -> None:
    operator, admin = await api("operator"), await api("admin")
    own, foreign = seed.id("user", "operator"), seed.id("user", "supervisor")
    assert (await operator.post(f"/agents/{own}/state", json={"state": "ready"})).json()["state"] == "ready"
    assert (await operator.post(f"/agents/{foreign}/state", json={"state": "ready"})).status_code == 403
    assert (await admin.post(f"/agents/{own}/state", json={"state": "paused"})).json()["state"] == "paused"
    assert (await operator.post(f"/agents/{own}/state", json={"state": "talking"})).status_code == 422


@pytest.mark.parametrize("role", ["operator", "supervisor"])
async def test_only_administrators_and_developers_make_users(api: Client, role: str) -> None:
    answer = await (await api(role)).post("/agents", json=NEW)
    assert answer.status_code == 403


async def test_me_tells_who_the_token_belongs_to(api: Client, seed: Seed) -> None:
    me = (await (await api("supervisor")).get("/me")).json()
    assert me["user"]["id"] == str(seed.id("user", "supervisor"))
    assert me["role"] == "supervisor"
    assert me["workspace"]["slug"] == "acme"
