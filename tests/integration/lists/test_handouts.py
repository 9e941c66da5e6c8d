"""Numbers in agents' hands: who gets which, how many, and when they go back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from ringyard.kit.clock import now
from ringyard.kit.ids import new_id
from tenants.campaigns import plans
from tenants.campaigns.reserve import reserve
from tenants.campaigns.standing import dialing_of
from tenants.context import Tenant
from tenants.handouts.service import release_at_days_end
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.lookalikes import Seed


async def _unowned(seed: Seed) -> None:
    """Five contacts of one base that nobody is responsible for and nobody has called."""
    async with workspace() as connection:
        await connection.execute("update recordings set call_id = call_id")
        await connection.execute("update calls set contact_id = null, recording_id = null")
        await connection.execute("update contacts set responsible_id = null, base_id = $1", seed.id("base", 1))


async def _take(client: Any, seed: Seed, **more: Any) -> Any:
    return await client.post("/handouts", json={"base_id": str(seed.id("base", 1)), **more})


async def _held(client: Any, **params: str) -> set[str]:
    return {one["contact"]["id"] for one in (await client.get("/handouts", params=params)).json()["items"]}


async def test_two_agents_never_get_the_same_number(api: Client, seed: Seed, in_tenant: Tenant) -> None:
    await _unowned(seed)
    anna, adam = await api("operator"), await api("supervisor")
    answers = await asyncio.gather(_take(anna, seed, count=2), _take(adam, seed, count=2), _take(anna, seed, count=2))
    taken = [contact_id for answer in answers for contact_id in answer.json()["taken"]]
    assert len(taken) == len(set(taken)) == 5
    assert await _held(anna) == set(answers[0].json()["taken"]) | set(answers[2].json()["taken"])


async def test_an_agent_gets_no_more_than_the_limit_less_what_is_not_dialed(
    api: Client, seed: Seed, in_tenant: Tenant
) -> None:
    await _unowned(seed)
    admin, anna = await api("admin"), await api("operator")
    assert (await admin.patch("/dialing-limits", json={"numbers_at_once": 3})).status_code == 200
    assert (await anna.patch("/dialing-limits", json={"numbers_at_once": 30})).status_code == 403
    first = (await _take(anna, seed, count=2)).json()
    assert (len(first["taken"]), first["held"], first["limit"]) == (2, 2, 3)
    assert len((await _take(anna, seed)).json()["taken"]) == 1
    assert (await _take(anna, seed)).status_code == 409
    async with workspace() as connection:
        await connection.execute(
            """insert into calls (id, contact_id, number, node, queued_at, state, ended_at)
               values ($1, $2, '+48601000001', 'node1', now(), 'ended', now())""",
            new_id(), first["taken"][0],
        )  # fmt: skip
    assert len((await _take(anna, seed)).json()["taken"]) == 1


async def test_only_callable_numbers_are_handed_out(api: Client, seed: Seed, in_tenant: Tenant) -> None:
    await _unowned(seed)
    async with workspace() as connection:
        await connection.execute(
            "update contacts set responsible_id = $1 where id = $2",
            seed.id("user", "supervisor"),
            seed.id("contact", 1),
        )
        await connection.execute("update contacts set status = 'done' where id = $1", seed.id("contact", 2))
        await connection.execute(
            "insert into do_not_call (number, source) select number, 'manual' from phones where contact_id = $1",
            seed.id("contact", 3),
        )
    taken = (await _take(await api("operator"), seed)).json()["taken"]
    assert set(taken) == {str(seed.id("contact", 4)), str(seed.id("contact", 5))}


async def test_a_campaign_leaves_a_handed_contact_alone_until_it_is_given_back(
    api: Client, seed: Seed, in_tenant: Tenant
) -> None:
    await _unowned(seed)
    async with workspace() as connection:
        await connection.execute("update campaigns set state = 'running'")
        await connection.execute(
            "update targets set state = 'waiting', reason = 'due', due_at = now() - interval '1 s'"
        )
        plan = (await plans.by_id([seed.id("campaign")]))[seed.id("campaign")]
    anna = await api("operator")
    taken = (await _take(anna, seed, count=1)).json()["taken"]

    async def reserved() -> set[str]:
        async with workspace():
            found = await reserve(plan, ["Europe/Warsaw"], [new_id() for _ in range(9)], 0, "node1", now())
        return {str(one.contact_id) for one in found}

    async with workspace():
        assert (await dialing_of(taken[0])).reason == "reserved"
    assert len(await reserved()) == 3
    async with workspace() as connection:  # as if the time after which a campaign asks again had passed
        await connection.execute("update targets set due_at = now() where state = 'waiting'")
    assert await reserved() == set()
    assert (await anna.delete(f"/handouts/{taken[0]}")).status_code == 204
    assert await reserved() == set(taken)


async def test_an_outcome_takes_the_contact_off_the_list_and_out_of_its_campaigns(
    api: Client, page_client: Client, seed: Seed, in_tenant: Tenant
) -> None:
    await _unowned(seed)
    anna = await api("operator")
    taken = (await _take(anna, seed)).json()["taken"]
    page = await page_client("operator")
    assert "Agreed" in (await page.get("/dialing-list")).text
    for contact_id in taken[:2]:
        given = {"outcome_id": str(seed.id("outcome", 1))}
        assert (await page.post(f"/dialing-list/{contact_id}/outcome", data=given)).status_code == 303
    assert await _held(anna) == set(taken[2:])
    async with workspace() as connection:
        rows = await connection.fetch(
            "select state, reason from targets where contact_id = any ($1::uuid[]) and last_result is null", taken[:2]
        )
    assert {row["state"] for row in rows} <= {"done"}


async def test_supervisors_see_and_release_everybody_s_numbers_and_operators_do_not(
    api: Client, page_client: Client, seed: Seed, in_tenant: Tenant
) -> None:
    await _unowned(seed)
    anna, boss, admin = await api("operator"), await api("supervisor"), await api("admin")
    [mine] = (await _take(anna, seed, count=1)).json()["taken"]
    [his] = (await _take(admin, seed, count=1)).json()["taken"]
    assert await _held(anna) == {mine}
    assert await _held(boss) == {mine, his}
    assert (await anna.delete(f"/handouts/{his}")).status_code == 404
    page = await page_client("supervisor")
    assert "Anna Operator" in (await page.get("/dialing-list?agent_id=all")).text
    assert (await page.post(f"/dialing-list/{mine}/give-back", data={"agent_id": "all"})).status_code == 303
    assert await _held(anna) == set()
    assert (await boss.delete("/handouts", params={"agent_id": str(seed.id("user", "admin"))})).status_code == 204
    assert await _held(boss) == set()


async def test_the_page_gets_numbers_and_gives_them_back(page_client: Client, seed: Seed, in_tenant: Tenant) -> None:
    await _unowned(seed)
    page, html = await page_client("operator"), {"accept": "text/html"}
    refused = await page.post("/dialing-list/take", data={"base_id": "", "count": "2"})
    assert (refused.status_code, "Choose one." in refused.text) == (422, True)
    for count, told in (("2", "2 numbers are yours"), ("9", "3 numbers are yours"), ("", "can be called now")):
        typed = {"base_id": str(seed.id("base", 1)), "category_id": "", "count": count}
        assert (await page.post("/dialing-list/take", data=typed)).status_code == 303
        assert told in (await page.get("/dialing-list", headers=html)).text
    assert (await page.post("/dialing-list/give-back")).status_code == 303
    assert "5 numbers are given back" in (await page.get("/dialing-list", headers=html)).text


async def test_at_the_day_s_end_only_undialed_numbers_go_back(api: Client, seed: Seed, in_tenant: Tenant) -> None:
    await _unowned(seed)
    anna = await api("operator")
    taken = (await _take(anna, seed, count=3)).json()["taken"]
    async with workspace() as connection:
        await connection.execute(
            "update handouts set handed_at = now() - interval '2 days' where contact_id <> $1", taken[2]
        )
        await connection.execute(
            """insert into calls (id, contact_id, number, node, queued_at, state, ended_at)
               values ($1, $2, '+48601000001', 'node1', now(), 'ended', now())""",
            new_id(), taken[0],
        )  # fmt: skip
    for release, left in ((False, set(taken)), (True, {taken[0], taken[2]})):
        await (await api("admin")).patch("/dialing-limits", json={"release": release, "release_at": _past()})
        async with workspace():
            await release_at_days_end()
        assert await _held(anna) == left


def _past() -> str:
    """An hour ahead by the workspace's clock: the last release was most of a day ago."""
    return (datetime.now(UTC) + timedelta(hours=2)).strftime("%H:00")


async def test_limits_that_make_no_sense_are_refused_beside_their_fields(page_client: Client) -> None:
    client = await page_client("admin")
    answer = await client.post("/settings/dialing-limits", data={"numbers_at_once": "501", "release_at": "25:00"})
    assert answer.status_code == 422
    assert "from 1 to 500" in answer.text
    assert "HH:MM" in answer.text
    saved = await client.post("/settings/dialing-limits", data={"numbers_at_once": "7", "release_at": "18:30"})
    assert saved.status_code == 303
    shown = (await client.get("/settings/dialing-limits")).text
    assert 'value="7"' in shown
    assert 'value="18:30"' in shown
