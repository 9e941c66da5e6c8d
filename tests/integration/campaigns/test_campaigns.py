"""Campaigns by the API: made, started and stopped, counted, and hidden from every other workspace."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from ringyard.accounts import services
from ringyard.accounts.rights import Service
from ringyard.kit.db import core
from tenants.context import Tenant
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed


def fields(seed: Seed, **changes: Any) -> dict[str, Any]:
    parts = {"base_id": seed.id("base", 1), "scenario_id": seed.id("scenario"), "trunk_id": seed.id("trunk")}
    return {"name": "Winter", **{name: str(value) for name, value in parts.items()}, **changes}


async def made(client: httpx.AsyncClient, seed: Seed, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/campaigns", json=fields(seed, **changes))
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def is_dialing(tenant: Tenant) -> bool:
    async with core() as connection:
        since = await connection.fetchval("select dialing_since from core.workspaces where id = $1", tenant.id)
    return since is not None


async def test_a_new_campaign_is_a_draft_whose_counts_add_up_to_its_base(api: Client, seed: Seed) -> None:
    campaign = await made(await api("admin"), seed)
    assert (campaign["state"], campaign["mode"], campaign["pause_reason"]) == ("draft", "broadcast", None)
    assert campaign["counts"] == {"contacts": {"new": 4}, "attempts": {}, "reasons": {"campaign_not_running": 4}}


async def test_starting_enrols_dials_and_tells_the_clock(
    api: Client, seed: Seed, jobs: Recorder, tenant: Tenant
) -> None:
    client = await api("admin")
    campaign = await made(client, seed)
    started = await client.post(f"/campaigns/{campaign['id']}/start")
    assert started.status_code == 200, started.text
    assert started.json()["state"] == "running"
    assert sum(started.json()["counts"]["reasons"].values()) == 4
    assert jobs.take("enrol") == {"campaign_id": campaign["id"]}
    assert jobs.take("dial") == {}
    assert await is_dialing(tenant)


async def test_pause_resume_and_stop_follow_each_other_and_asking_twice_is_no_error(
    api: Client, seed: Seed, jobs: Recorder
) -> None:
    client = await api("admin")
    at = f"/campaigns/{(await made(client, seed))['id']}"
    states = [
        (await client.post(f"{at}/{verb}")).json()["state"]
        for verb in ("start", "pause", "pause", "resume", "stop", "stop", "start")
    ]
    assert states == ["running", "paused", "paused", "running", "stopped", "stopped", "running"]
    assert jobs.names().count("enrol") == 3


async def test_a_verb_that_does_not_fit_the_state_is_a_conflict(api: Client, seed: Seed) -> None:
    client = await api("admin")
    campaign = await made(client, seed)
    answer = await client.post(f"/campaigns/{campaign['id']}/resume")
    assert (answer.status_code, answer.json()["detail"]) == (409, "Only a paused campaign can be resumed.")


async def test_resuming_a_campaign_that_paused_itself_forgets_the_reason(api: Client, seed: Seed) -> None:
    resumed = (await (await api("admin")).post(f"/campaigns/{seed.id('campaign')}/resume")).json()
    assert (resumed["state"], resumed["pause_reason"]) == ("running", None)


@pytest.mark.parametrize(
    ("what", "change", "says"),
    [
        ("campaign", {"mode": "predictive"}, "Only broadcast"),
        ("scenario", {"active": False}, "not active"),
        ("scenario", {"destination": {"kind": "queue", "target": str(uuid4())}}, "Queues"),
        ("trunk", {"kind": "register", "host": "sip.example.com", "username": "me"}, "Registering"),
    ],
)
async def test_what_cannot_dial_yet_is_refused_with_a_sentence(
    api: Client, seed: Seed, what: str, change: dict[str, Any], says: str
) -> None:
    client = await api("admin")
    campaign = await made(client, seed)
    changed = campaign["id"] if what == "campaign" else campaign[f"{what}_id"]
    patched = await client.patch(f"/{what}s/{changed}", json=change)
    assert patched.status_code == 200, patched.text
    refused = await client.post(f"/campaigns/{campaign['id']}/start")
    assert refused.status_code == 409
    assert says in refused.json()["detail"]


async def test_parts_of_another_workspace_do_not_exist(api: Client, seed: Seed, other_seed: Seed) -> None:
    client = await api("admin")
    for part in ("base", "scenario", "trunk"):
        answer = await client.post("/campaigns", json=fields(seed, **{f"{part}_id": str(other_seed.id(part))}))
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [f"{part}_id"]


@pytest.mark.parametrize("path", ["campaigns/{campaign}", "scenarios/{scenario}", "trunks/{trunk}", "audio/{audio}"])
async def test_another_workspaces_things_are_not_found(api: Client, other_seed: Seed, path: str) -> None:
    client = await api("admin")
    kind = path[path.index("{") + 1 : -1]
    address = "/" + path.format(**{kind: other_seed.id(kind)})
    assert (await client.get(address)).status_code == 404
    assert (await client.delete(address)).status_code == 404
    if kind == "campaign":
        assert (await client.post(f"{address}/resume")).status_code == 404


async def test_a_name_is_taken_whatever_its_case(api: Client, seed: Seed) -> None:
    answer = await (await api("admin")).post("/campaigns", json=fields(seed, name="AUTUMN"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "name"


async def test_a_running_campaign_changes_its_pace_but_not_its_base(api: Client, seed: Seed) -> None:
    client = await api("admin")
    at = f"/campaigns/{(await made(client, seed))['id']}"
    await client.post(f"{at}/start")
    assert (await client.patch(at, json={"max_cps": 7})).json()["max_cps"] == 7
    refused = await client.patch(at, json={"base_id": str(seed.id("base", 2))})
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["field"] == "base_id"


async def test_an_unknown_field_and_a_limit_out_of_range_are_refused(api: Client, seed: Seed) -> None:
    client = await api("admin")
    assert (await client.post("/campaigns", json=fields(seed, colour="red"))).status_code in (400, 422)
    refused = await client.post("/campaigns", json=fields(seed, max_channels=0, max_cps=1000))
    assert {error["field"] for error in refused.json()["errors"]} == {"max_channels", "max_cps"}


async def test_without_the_dialer_nothing_starts_and_the_contact_says_why(
    api: Client, seed: Seed, tenant: Tenant
) -> None:
    client = await api("admin")
    await services.switch(tenant, Service.DIALER, on=False)
    refused = await client.post(f"/campaigns/{seed.id('campaign')}/resume")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/service-inactive")
    dialing = (await client.get(f"/contacts/{seed.id('contact', 2)}/dialing")).json()
    assert dialing["reason"] == "service_inactive"


async def test_each_contact_says_why_it_is_not_being_called(api: Client, seed: Seed, other_seed: Seed) -> None:
    client = await api("admin")

    async def reason(contact: Any) -> str:
        answer = await client.get(f"/contacts/{contact}/dialing")
        return str(answer.json().get("reason", answer.status_code))

    assert await reason(seed.id("contact", 1)) == "answered"
    assert await reason(seed.id("contact", 2)) == "campaign_not_running"
    assert await reason(seed.id("contact", 5)) == "no_campaign"
    assert await reason(other_seed.id("contact", 1)) == "404"
    await client.post(f"/campaigns/{seed.id('campaign')}/resume")
    assert await reason(seed.id("contact", 2)) in ("due", "outside_hours")


async def test_an_operator_sees_no_campaigns_and_a_supervisor_starts_none(api: Client, seed: Seed) -> None:
    assert (await (await api("operator")).get("/campaigns")).status_code == 403
    supervisor = await api("supervisor")
    assert (await supervisor.get("/campaigns")).status_code == 200
    assert (await supervisor.post(f"/campaigns/{seed.id('campaign')}/resume")).status_code == 403


async def test_a_campaign_that_called_stays_and_one_that_did_not_goes(api: Client, seed: Seed) -> None:
    client = await api("admin")
    assert (await client.delete(f"/campaigns/{seed.id('campaign')}")).status_code == 409
    at = f"/campaigns/{(await made(client, seed))['id']}"
    assert (await client.delete(at)).status_code == 204
    assert (await client.get(at)).status_code == 404


async def test_campaigns_are_listed_newest_first_page_by_page(api: Client, seed: Seed) -> None:
    client = await api("admin")
    names = [(await made(client, seed, name=f"Wave {n}"))["name"] for n in range(3)]
    first = (await client.get("/campaigns?limit=2")).json()
    second = (await client.get("/campaigns", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    shown = [item["name"] for item in first["items"] + second["items"]]
    assert [name for name in shown if name in names] == names[::-1]
    assert second["next_cursor"] is None
