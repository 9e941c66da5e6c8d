"""Scenarios and trunks by the API: every field comes back, and what is wrong is named."""

from typing import Any

import pytest

from tests.conftest import Client
from tests.support.lookalikes import Seed

EVERYTHING = {
    "name": "Evenings",
    "starts_at": "17:30",
    "ends_at": "24:00",
    "weekdays": [1, 3, 7],
    "redials": 4,
    "redial_after_min": 45,
    "calls_per_day": 2,
    "days_to_call": 5,
    "period_days": 2,
    "redial_if_answered": True,
    "call_all_numbers": True,
    "check_other_bases": True,
    "allowed_prefixes": ["+48", "+380"],
    "destination": {"kind": "terminate", "target": None},
    "ring_timeout_s": 25,
    "amd": True,
    "active": False,
}


async def test_every_field_of_a_scenario_is_stored_and_shown(api: Client) -> None:
    client = await api("admin")
    made = (await client.post("/scenarios", json=EVERYTHING)).json()
    shown = (await client.get(f"/scenarios/{made['id']}")).json()
    assert {name: shown[name] for name in EVERYTHING} == EVERYTHING


async def test_a_change_of_one_field_leaves_the_others(api: Client) -> None:
    client = await api("admin")
    made = (await client.post("/scenarios", json=EVERYTHING)).json()
    changed = (await client.patch(f"/scenarios/{made['id']}", json={"redials": 0})).json()
    assert {name: changed[name] for name in EVERYTHING} == {**EVERYTHING, "redials": 0}


async def test_each_destination_must_be_there(api: Client, seed: Seed, other_seed: Seed) -> None:
    client = await api("admin")

    async def saved(kind: str, target: Any, name: str) -> int:
        destination = {"kind": kind, "target": str(target)}
        return (await client.post("/scenarios", json={"name": name, "destination": destination})).status_code

    for kind, noun in (("record", "audio"), ("trunk", "trunk")):
        assert await saved(kind, seed.id(noun), f"own {kind}") == 201
        assert await saved(kind, other_seed.id(noun), f"foreign {kind}") == 422
    assert await saved("extension", seed.id("user", "operator"), "own extension") == 201
    assert await saved("extension", other_seed.id("user", "operator"), "foreign extension") == 422
    assert await saved("record", "default", "built-in") == 201


async def test_all_wrong_fields_are_named_at_once(api: Client) -> None:
    wrong = {"name": "", "starts_at": "9", "weekdays": [], "redials": -1, "allowed_prefixes": ["48"]}
    answer = await (await api("admin")).post("/scenarios", json=wrong)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == set(wrong)


async def test_a_scenario_in_use_is_not_deleted(api: Client, seed: Seed) -> None:
    client = await api("admin")
    assert (await client.delete(f"/scenarios/{seed.id('scenario')}")).status_code == 409


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "ip", "host": "sip.example.com"}, None),
        ({"kind": "sandbox"}, None),
        ({"kind": "ip"}, "host"),
        ({"kind": "ip", "host": "sip.example.com:5060"}, "host"),
        ({"kind": "ip", "host": "10.0.0.1", "port": 70000}, "port"),
        ({"kind": "register", "host": "sip.example.com"}, "username"),
        ({"kind": "sandbox", "max_cps": 0}, "max_cps"),
        ({"kind": "sandbox", "caller_id": "call me"}, "caller_id"),
    ],
)
async def test_a_trunk_needs_what_its_kind_needs(api: Client, fields: dict[str, Any], wrong: str | None) -> None:
    answer = await (await api("admin")).post("/trunks", json={"name": "Way out", **fields})
    assert answer.status_code == (422 if wrong else 201), answer.text
    assert [error["field"] for error in answer.json().get("errors", [])] == ([wrong] if wrong else [])


async def test_a_trunks_password_is_never_shown(api: Client) -> None:
    client = await api("admin")
    fields = {"name": "R", "kind": "register", "host": "sip.example.com", "username": "me", "password": "hush-hush"}
    made = await client.post("/trunks", json=fields)
    assert "hush-hush" not in made.text
    assert "hush-hush" not in (await client.get("/trunks")).text
