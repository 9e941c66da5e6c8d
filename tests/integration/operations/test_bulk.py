"""Bulk changes through the API: who is changed, what is written down of it, cancel, crash, undo."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from tenants.context import Tenant
from tenants.operations import running
from tenants.operations.restoring import forget
from tenants.operations.sweeping import sweep_operations
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import NUMBERS, Seed


@pytest.fixture
async def admin(api: Client, in_tenant: Tenant) -> httpx.AsyncClient:
    return await api("admin")


async def ask(client: httpx.AsyncClient, kind: str, value: Any = None, **chosen: Any) -> Any:
    answer = await client.post("/contacts/bulk", json={"kind": kind, "value": value, **chosen})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def carried_out(client: httpx.AsyncClient, jobs: Recorder, kind: str, value: Any = None, **chosen: Any) -> Any:
    """The operation once its job has ended."""
    made = await ask(client, kind, value, **chosen)
    await jobs.carry_out("run_operation")
    return (await client.get(f"/operations/{made['id']}")).json()


async def undone(client: httpx.AsyncClient, jobs: Recorder, operation: Any) -> Any:
    answer = await client.post(f"/operations/{operation['id']}/undo")
    assert answer.status_code == 200, answer.text
    await jobs.carry_out("undo_operation")
    return (await client.get(f"/operations/{operation['id']}")).json()


async def contact(client: httpx.AsyncClient, seed: Seed, n: int) -> Any:
    return (await client.get(f"/contacts/{seed.id('contact', n)}")).json()


async def everyone(client: httpx.AsyncClient) -> dict[str, Any]:
    return {one["id"]: one for one in (await client.get("/contacts", params={"limit": 500})).json()["items"]}


def whole_base(seed: Seed) -> dict[str, Any]:
    return {"filter": {"base_id": str(seed.id("base", 1))}}


async def test_only_contacts_that_become_different_are_counted_and_written_down(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    category = str(seed.id("category"))
    done = await carried_out(admin, jobs, "category_add", category, **whole_base(seed))
    assert (done["state"], done["total"], done["position"], done["changed"]) == ("done", 4, 4, 3)
    assert done["value"] == {"category_id": category, "name": "Important"}
    assert [one["category_ids"] for one in (await everyone(admin)).values()].count([category]) == 4
    async with workspace() as connection:
        rows = await connection.fetch("select source, before, after from changes")
    assert [tuple(row) for row in rows] == [("bulk", {"category_ids": []}, {"category_ids": [category]})] * 3


async def test_what_was_confirmed_is_done_whatever_changes_meanwhile(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    waiting = await ask(admin, "status", "callback", **whole_base(seed), start=False)
    assert (waiting["state"], waiting["total"]) == ("prepared", 4)
    assert jobs.names() == []
    await admin.patch(f"/contacts/{seed.id('contact', 5)}", json={"base_id": str(seed.id("base", 1))})
    started = await admin.post(f"/operations/{waiting['id']}/start")
    assert started.json()["state"] == "running"
    await jobs.carry_out("run_operation")
    assert (await contact(admin, seed, 1))["status"] == "callback"
    assert (await contact(admin, seed, 5))["status"] == "new"


@pytest.mark.parametrize("kind", ["category_add", "category_remove", "responsible", "base", "status", "do_not_call"])
async def test_an_undo_brings_back_what_was_and_leaves_what_was_touched_since(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed, kind: str
) -> None:
    values = {
        "category_add": str(seed.id("category")),
        "category_remove": str(seed.id("category")),
        "responsible": None,
        "base": str(seed.id("base", 2)),
        "status": "done",
        "do_not_call": "asked us",
    }
    if kind == "category_remove":
        await carried_out(admin, jobs, "category_add", str(seed.id("category")), **whole_base(seed))
    before = await everyone(admin)
    done = await carried_out(admin, jobs, kind, values[kind], **whole_base(seed))
    assert done["changed"] == (3 if kind == "category_add" else 4)
    touched = str(seed.id("contact", 4))
    opposite = {
        "category_add": {"category_ids": []},
        "category_remove": {"category_ids": [str(seed.id("category"))]},
        "responsible": {"responsible_id": str(seed.id("user", "admin"))},
        "base": {"base_id": str(seed.id("base", 1))},
        "status": {"status": "junk"},
        "do_not_call": {"status": "junk"},
    }[kind]
    await admin.patch(f"/contacts/{touched}", json=opposite)
    after = await undone(admin, jobs, done)
    assert (after["undo_state"], after["undone"]) == ("done", done["changed"] - 1)
    now = await everyone(admin)
    different = [one for one in before if shown(before[one]) != shown(now[one]) and one != touched]
    assert different == []
    assert (await admin.post(f"/operations/{done['id']}/undo")).status_code == 409


def shown(one: Any) -> Any:
    return {name: value for name, value in one.items() if name != "modified_at"}


async def test_do_not_call_lists_every_number_and_an_undo_takes_only_its_own_off(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    async with workspace() as connection:
        await connection.execute("delete from do_not_call")
        await connection.execute("insert into do_not_call (number, source) values ($1, 'manual')", NUMBERS[0])
    done = await carried_out(admin, jobs, "status", "do_not_call", **whole_base(seed))
    assert (done["kind"], done["changed"]) == ("do_not_call", 4)
    assert await listed() == sorted(NUMBERS[:4])
    await undone(admin, jobs, done)
    assert await listed() == [NUMBERS[0]]


async def listed() -> list[str]:
    async with workspace() as connection:
        rows = await connection.fetch("select number from do_not_call order by number")
    return [row["number"] for row in rows]


async def test_campaigns_follow_contacts_that_move_or_may_not_be_called(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    async with workspace() as connection:
        await connection.execute("delete from targets")
        await connection.execute(
            """insert into targets (campaign_id, contact_id, state, reason, zone, due_at, round)
               select $1, id, 'waiting', 'due', 'Europe/Warsaw', now(), 1 from contacts where base_id = $2""",
            seed.id("campaign"), seed.id("base", 1),
        )  # fmt: skip
    one, two = str(seed.id("contact", 1)), str(seed.id("contact", 2))
    moved = await carried_out(admin, jobs, "base", str(seed.id("base", 2)), ids=[one])
    assert jobs.take("enrol_base") == {"base_id": str(seed.id("base", 2))}
    junk = await carried_out(admin, jobs, "status", "junk", ids=[two])
    assert (await places())[one][:2] == ("done", "no_campaign")
    assert (await places())[two][:2] == ("done", "junk")
    await undone(admin, jobs, moved)
    await undone(admin, jobs, junk)
    assert (await places())[one] == (await places())[two] == ("waiting", "due", 1)
    assert jobs.take("enrol_base") == {"base_id": str(seed.id("base", 1))}


async def places() -> dict[str, tuple[str, str, int]]:
    async with workspace() as connection:
        rows = await connection.fetch("select contact_id, state, reason, round from targets")
    return {str(row["contact_id"]): (row["state"], row["reason"], row["round"]) for row in rows}


async def test_a_contact_in_a_call_is_not_deleted_and_that_is_said(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    async with workspace() as connection:
        await connection.execute("update calls set ended_at = now() where ended_at is null")
        await connection.execute(
            """insert into calls (id, contact_id, number, node, queued_at)
               values (gen_random_uuid(), $1, '+48', 'n', now())""",
            seed.id("contact", 2),
        )  # fmt: skip
    done = await carried_out(admin, jobs, "delete", **whole_base(seed))
    assert (done["changed"], done["skipped"]) == (3, 1)
    assert [one["name"] for one in (await everyone(admin)).values()] == ["Jan Kowalski 5", "Jan Kowalski 2"]


async def belongings() -> dict[str, Any]:
    """Everything that belongs to contacts, to compare before and after."""
    tables = (
        "contacts",
        "phones",
        "contact_texts",
        "contact_comments",
        "documents",
        "consents",
        "favourites",
        "targets",
    )
    async with workspace() as connection:
        found = {
            table: await connection.fetchval(f"select jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text) from {table} t")
            for table in tables
        }
        found["calls"] = await connection.fetchval("select jsonb_object_agg(id, contact_id) from calls")
    return found


BELONGINGS = """
insert into contact_comments (id, contact_id, user_id, text) values (gen_random_uuid(), '{contact}', '{user}', 'x');
insert into favourites (user_id, contact_id) values ('{user}', '{contact}') on conflict do nothing;
insert into documents (id, contact_id, name, file_key, content_type, size)
values ('{proof}', '{contact}', 'd', 'k', 't', 1);
insert into consents (id, contact_id, source, given_at, document_id)
values (gen_random_uuid(), '{contact}', 'web', now(), '{proof}');
update calls set ended_at = now() where ended_at is null;
"""


async def with_everything(seed: Seed) -> None:
    values = {"contact": seed.id("contact", 1), "user": seed.id("user", "admin"), "proof": uuid4()}
    async with workspace() as connection:
        await connection.execute(BELONGINGS.format(**values))


async def test_a_deletion_can_be_taken_back_with_all_that_belonged_to_the_contact(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    await with_everything(seed)
    before = await belongings()
    assert all(before.values())
    done = await carried_out(admin, jobs, "delete", **whole_base(seed))
    assert (done["changed"], len(await everyone(admin))) == (4, 1)
    after = await undone(admin, jobs, done)
    assert after["undone"] == 4
    assert await belongings() == before
    async with workspace() as connection:
        assert await connection.fetchval("select count(*) from changes where before ? 'contact'") == 0
    assert jobs.take("enrol_base") == {"base_id": str(seed.id("base", 1))}


async def test_after_seven_days_a_deletion_is_for_good(admin: httpx.AsyncClient, jobs: Recorder, seed: Seed) -> None:
    done = await carried_out(admin, jobs, "delete", **whole_base(seed))
    async with workspace() as connection:
        await connection.execute(
            "update operations set finished_at = now() - interval '8 days' where finished_at is not null"
        )
        await sweep_operations()
    async with workspace() as connection:
        assert await connection.fetchval("select count(*) from changes where before <> '{}'") == 0
    answer = await admin.post(f"/operations/{done['id']}/undo")
    assert (answer.status_code, "too long ago" in answer.json()["detail"]) == (409, True)


async def test_a_job_that_died_goes_on_and_one_that_runs_twice_changes_nothing_twice(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SLICE", 1)
    made = await ask(admin, "status", "done", **whole_base(seed))
    operation_id = UUID(jobs.take("run_operation")["operation_id"])
    store = running._store
    calls = 0

    async def dies_at_the_third(*given: Any) -> None:
        nonlocal calls
        calls += 1
        await store(*given)
        if calls == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(running, "_store", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        await running.run(operation_id)
    monkeypatch.setattr(running, "_store", store)
    assert (await admin.get(f"/operations/{made['id']}")).json()["position"] == 2
    async with workspace() as connection:
        await connection.execute("update operations set moved_at = now() - interval '10 minutes'")
        await sweep_operations()
    assert jobs.names() == ["run_operation"]
    await jobs.carry_out("run_operation")
    await running.run(operation_id)
    seen = (await admin.get(f"/operations/{made['id']}")).json()
    assert (seen["state"], seen["changed"]) == ("done", 4)
    async with workspace() as connection:
        assert await connection.fetchval("select count(*) from changes") == 4


async def test_a_cancelled_operation_stops_and_what_it_did_can_be_undone(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    made = await ask(admin, "status", "done", **whole_base(seed))
    cancelled = await admin.post(f"/operations/{made['id']}/cancel")
    assert cancelled.json()["state"] == "cancelled"
    await jobs.carry_out("run_operation")
    assert (await contact(admin, seed, 1))["status"] == "new"
    assert (await admin.post(f"/operations/{made['id']}/cancel")).status_code == 409
    assert (await admin.post(f"/operations/{made['id']}/undo")).status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "status", "value": "queued"}, "value"),
        ({"kind": "status"}, "value"),
        ({"kind": "base", "value": "not an id"}, "value"),
        ({"kind": "base"}, "value"),
        ({"kind": "delete", "value": "x"}, "value"),
        ({"kind": "delete", "ids": []}, "ids"),
        ({"kind": "delete", "ids": [str(uuid4())], "filter": {}}, "ids"),
        ({"kind": "delete", "filter": None}, "ids"),
        ({"kind": "delete", "filter": {"q": "nobody has this name"}}, "filter"),
        ({"kind": "responsible", "value": str(uuid4())}, "value"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    admin: httpx.AsyncClient, jobs: Recorder, body: dict[str, Any], field: str
) -> None:
    answer = await admin.post("/contacts/bulk", json={"filter": {}, **body} if "ids" not in body else body)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field]), answer.text
    assert jobs.names() == []


async def test_contacts_of_another_workspace_are_never_chosen(
    admin: httpx.AsyncClient, seed: Seed, other_seed: Seed, jobs: Recorder
) -> None:
    theirs = [str(other_seed.id("contact", n)) for n in (1, 2)]
    answer = await admin.post("/contacts/bulk", json={"kind": "delete", "ids": theirs})
    assert answer.status_code == 422
    done = await carried_out(admin, jobs, "delete", ids=[*theirs, str(seed.id("contact", 1))])
    assert (done["total"], done["changed"]) == (1, 1)


async def test_an_operator_changes_but_does_not_delete_and_sees_only_own_work(
    admin: httpx.AsyncClient, api: Client, jobs: Recorder, seed: Seed
) -> None:
    operator = await api("operator")
    chosen = {"ids": [str(seed.id("contact", 1))]}
    assert (await operator.post("/contacts/bulk", json={"kind": "delete", **chosen})).status_code == 403
    assert (await operator.post("/exports", json=chosen)).status_code == 403
    ours = await carried_out(admin, jobs, "status", "done", **chosen)
    own = await carried_out(operator, jobs, "status", "callback", **chosen)
    assert [one["id"] for one in (await operator.get("/operations")).json()["items"]] == [own["id"]]
    assert (await operator.post(f"/operations/{ours['id']}/undo")).status_code == 404
    everybodys = [one["id"] for one in (await admin.get("/operations")).json()["items"]]
    assert everybodys[:2] == [own["id"], ours["id"]]


async def test_an_unconfirmed_operation_is_forgotten_with_its_list(
    admin: httpx.AsyncClient, seed: Seed, in_tenant: Tenant, settings: Any
) -> None:
    await ask(admin, "status", "done", **whole_base(seed), start=False)
    folder = settings.home / "objects" / in_tenant.schema / "selections"
    assert len(list(folder.iterdir())) == 1
    async with workspace() as connection:
        await connection.execute("update operations set created_at = now() - interval '2 hours'")
        await sweep_operations()
    assert list(folder.iterdir()) == []


async def test_nothing_is_remembered_of_people_who_were_erased(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed, settings: Any
) -> None:
    proof = settings.home / "objects" / "proof"
    proof.parent.mkdir(parents=True, exist_ok=True)
    proof.write_bytes(b"signed")
    async with workspace() as connection:
        await connection.execute("update calls set ended_at = now() where ended_at is null")
        await connection.execute(
            """insert into documents (id, contact_id, name, file_key, content_type, size)
               values ($1, $2, 'd', 'proof', 't', 6)""",
            uuid4(), seed.id("contact", 1),
        )  # fmt: skip
    await carried_out(admin, jobs, "status", "done", **whole_base(seed))
    done = await carried_out(admin, jobs, "delete", **whole_base(seed))
    async with workspace():
        await forget([seed.id("contact", 1)])
    assert not proof.exists()
    async with workspace() as connection:
        of_them = await connection.fetch(
            "select before, after from changes where contact_id = $1", seed.id("contact", 1)
        )
    assert [tuple(row) for row in of_them] == [({}, {}), ({}, {})]
    after = await undone(admin, jobs, done)
    assert (after["undone"], after["changed"]) == (3, 4)


async def test_an_operation_whose_base_is_gone_when_it_starts_fails_and_changes_nothing(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    base = (await admin.post("/bases", json={"name": "Gone soon"})).json()["id"]
    made = await ask(admin, "base", base, **whole_base(seed))
    async with workspace() as connection:
        await connection.execute("delete from bases where id = $1", UUID(base))
    await jobs.carry_out("run_operation")
    seen = (await admin.get(f"/operations/{made['id']}")).json()
    assert (seen["state"], seen["error"], seen["changed"]) == ("failed", running.GONE, 0)


async def test_nobody_can_be_removed_who_is_responsible_for_contacts(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    person = str(seed.id("user", "operator"))
    await carried_out(admin, jobs, "responsible", person, **whole_base(seed))
    async with workspace() as connection:
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="responsible for contacts"):
            await connection.execute("delete from users where id = $1", UUID(person))
