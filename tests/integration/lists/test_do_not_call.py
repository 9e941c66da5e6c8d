"""The do-not-call lists: what is on them, and that nobody on them is dialed."""

import pytest

from ringyard.kit.clock import now
from ringyard.kit.ids import new_id
from tenants.campaigns import plans
from tenants.campaigns.enrol import enrol_slice
from tenants.campaigns.plans import Plan
from tenants.campaigns.reserve import Reservation, reserve
from tenants.campaigns.standing import dialing_of
from tenants.context import Tenant
from tenants.do_not_call.importing import AT_ONCE
from tenants.do_not_call.service import add_numbers
from tenants.do_not_call.service_list import add_to_service_list, remove_from_service_list
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import NUMBERS, Seed

LISTED = "+48601999999"


async def test_a_number_is_put_on_the_list_found_and_taken_off(api: Client) -> None:
    client = await api("admin")
    made = await client.post("/do-not-call", json={"number": "601 200 300", "reason": "Asked by phone"})
    assert (made.status_code, made.json()["number"], made.json()["source"]) == (201, "+48601200300", "api")
    for part in ("601 200 300", "200300", "by phone"):
        found = (await client.get("/do-not-call", params={"q": part})).json()["items"]
        assert [one["number"] for one in found] == ["+48601200300"], part
    assert (await client.delete("/do-not-call/+48601200300")).status_code == 204
    assert (await client.delete("/do-not-call/+48601200300")).status_code == 404
    assert (await client.get("/do-not-call", params={"q": "200300"})).json()["items"] == []


async def test_what_is_no_number_is_refused_beside_its_field(api: Client) -> None:
    answer = await (await api("admin")).post("/do-not-call", json={"number": "12"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "number")


async def test_a_number_keeps_its_first_reason(api: Client) -> None:
    client = await api("admin")
    again = await client.post("/do-not-call", json={"number": LISTED, "reason": "Another one"})
    assert again.json()["reason"] == "Asked in a letter"


async def test_the_list_is_paged_in_either_order(api: Client, in_tenant: Tenant) -> None:
    async with workspace():
        await add_numbers([f"+4860120030{n}" for n in range(5)], "many", "manual", None)
    client = await api("admin")
    for sort in ("created", "-created", "number"):
        seen, cursor = [], None
        while True:
            page = (await client.get("/do-not-call", params={"limit": 2, "sort": sort, "cursor": cursor or ""})).json()
            seen += [one["number"] for one in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 6, sort
    assert seen == sorted(seen)


async def test_a_file_is_counted_into_added_known_and_junk_with_their_rows(api: Client) -> None:
    client = await api("admin")
    text = f"Number;Reason\n601 200 301;Żaden kontakt\n{LISTED}\nnobody\n\n601-200-301;twice\n48 601 200 302\n"
    made = (await client.post("/do-not-call/import", files={"file": ("stop.csv", text.encode())})).json()
    assert (made["state"], made["added"], made["known"], made["junk"]) == ("done", 2, 2, 1)
    assert [(row["row"], row["text"]) for row in made["junk_rows"]] == [(4, "nobody")]
    found = (await client.get("/do-not-call", params={"q": "301"})).json()["items"]
    assert (found[0]["reason"], found[0]["source"]) == ("Żaden kontakt", "import")


async def test_a_large_file_goes_by_a_job_that_may_run_twice(api: Client, jobs: Recorder, in_tenant: Tenant) -> None:
    client = await api("admin")
    numbers = [f"+48601{n:06d}" for n in range(21_000)]
    content = "\n".join(numbers).encode()
    assert len(content) > AT_ONCE
    made = (await client.post("/do-not-call/import", files={"file": ("stop.txt", content)})).json()
    assert made["state"] == "running"
    jobs.sent.append(jobs.sent[-1])
    await jobs.carry_out("import_do_not_call")
    done = (await client.get(f"/do-not-call/imports/{made['id']}")).json()
    assert (done["state"], done["rows"], done["added"], done["known"]) == ("done", 21_000, 21_000, 0)


async def test_what_is_no_text_is_refused(api: Client) -> None:
    answer = await (await api("admin")).post("/do-not-call/import", files={"file": ("a.xlsx", b"PK\x03\x04rest")})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


async def test_an_operator_may_add_a_number_but_not_take_one_off(api: Client) -> None:
    client = await api("operator")
    assert (await client.post("/do-not-call", json={"number": "601200300"})).status_code == 201
    assert (await client.delete("/do-not-call/+48601200300")).status_code == 403


async def _plan(seed: Seed) -> Plan:
    return (await plans.by_id([seed.id("campaign")]))[seed.id("campaign")]


async def _due(seed: Seed) -> Plan:
    """The campaign runs, always open, and everybody in it is due."""
    async with workspace() as connection:
        await connection.execute("update campaigns set state = 'running'")
        await connection.execute(
            "update scenarios set starts_at = '00:00', ends_at = '24:00', weekdays = '{1,2,3,4,5,6,7}'"
        )
        await connection.execute(
            "update targets set state = 'waiting', reason = 'due', due_at = now() - interval '1 s'"
        )
        return await _plan(seed)


async def _reserved(plan: Plan) -> list[Reservation]:
    async with workspace():
        return await reserve(plan, ["Europe/Warsaw"], [new_id() for _ in range(10)], 0, "node1", now())


async def _targets(seed: Seed) -> dict[object, tuple[str, str]]:
    async with workspace() as connection:
        rows = await connection.fetch("select contact_id, state, reason from targets")
    return {row["contact_id"]: (row["state"], row["reason"]) for row in rows}


@pytest.mark.parametrize("which", ["workspace", "service"])
async def test_a_listed_number_is_not_reserved_though_it_is_due(in_tenant: Tenant, seed: Seed, which: str) -> None:
    plan = await _due(seed)
    if which == "service":
        await add_to_service_list([NUMBERS[1]], "court")
    else:
        async with workspace():
            await add_numbers([NUMBERS[1]], "", "manual", None)
    assert sorted(one.number for one in await _reserved(plan)) == sorted([NUMBERS[0], NUMBERS[2], NUMBERS[3]])
    assert (await _targets(seed))[seed.id("contact", 2)] == ("done", "do_not_call")
    async with workspace():
        assert (await dialing_of(seed.id("contact", 2))).reason == "do_not_call"


async def test_another_number_of_the_same_contact_is_called_in_its_place(in_tenant: Tenant, seed: Seed) -> None:
    plan = await _due(seed)
    async with workspace() as connection:
        await add_numbers([NUMBERS[1]], "", "manual", None)
        await connection.execute(
            "insert into phones (contact_id, position, number) values ($1, 1, '+48601000092')", seed.id("contact", 2)
        )
    assert NUMBERS[1] not in [one.number for one in await _reserved(plan)]
    assert [one.number for one in await _reserved(plan)] == ["+48601000092"]


async def test_enrolling_leaves_listed_contacts_out_and_taking_the_number_off_takes_them_in(
    api: Client, jobs: Recorder, in_tenant: Tenant, seed: Seed
) -> None:
    client = await api("admin")
    await client.post("/do-not-call", json={"number": NUMBERS[1]})
    async with workspace() as connection:
        await connection.execute("delete from targets")
        await connection.execute("update contacts set status = 'new'")
        await enrol_slice(await _plan(seed), None)
    assert (await _targets(seed))[seed.id("contact", 2)] == ("done", "do_not_call")
    await client.delete(f"/do-not-call/{NUMBERS[1]}")
    await jobs.carry_out("call_again")
    assert (await _targets(seed))[seed.id("contact", 2)] == ("waiting", "due")


async def test_what_a_person_said_about_a_contact_outlives_the_list(
    jobs: Recorder, in_tenant: Tenant, seed: Seed, api: Client
) -> None:
    client = await api("admin")
    given = {"outcome_id": str(seed.id("outcome", 2))}
    assert (await client.patch(f"/contacts/{seed.id('contact', 2)}", json=given)).status_code == 200
    found = (await client.get("/do-not-call", params={"q": NUMBERS[1]})).json()["items"]
    assert [(one["source"], one["reason"]) for one in found] == [("outcome", "Do not call")]
    await client.delete(f"/do-not-call/{NUMBERS[1]}")
    await jobs.carry_out("call_again")
    assert (await client.get(f"/contacts/{seed.id('contact', 2)}")).json()["status"] == "do_not_call"


async def test_the_operator_takes_a_number_off_and_every_workspace_hears_of_it(
    in_tenant: Tenant, other_tenant: Tenant, jobs: Recorder, seed: Seed
) -> None:
    await add_to_service_list([NUMBERS[1]], "court")
    async with workspace() as connection:
        await connection.execute("update targets set state = 'done', reason = 'do_not_call'")
    await remove_from_service_list(NUMBERS[1])
    told = [job for job in jobs.sent if job.name == "call_again"]
    assert {job.schema for job in told} == {in_tenant.schema, other_tenant.schema}


async def test_the_page_searches_adds_and_removes(page_client: Client) -> None:
    client = await page_client("admin")
    refused = await client.post("/do-not-call/add", data={"number": "abc", "reason": "Typo"})
    assert refused.status_code == 422
    assert "Typo" in refused.text
    assert "letters" in refused.text
    assert (await client.post("/do-not-call/add", data={"number": "601 200 300"})).headers["location"] == "/do-not-call"
    assert "+48 601 200 300" in (await client.get("/do-not-call")).text
    assert "+48601200300" in (await client.get("/do-not-call/export")).text
    await client.post("/do-not-call/remove", data={"number": "+48601200300"})
    assert "+48 601 200 300" not in (await client.get("/do-not-call?q=200")).text
    file = {"file": ("stop.txt", b"601200301\nnobody\n")}
    made = await client.post("/do-not-call/import", files=file, data={"file_reason": "=HYPERLINK()"})
    assert "nobody" in (await client.get(made.headers["location"])).text
    assert "'=HYPERLINK()" in (await client.get("/do-not-call/export")).text
