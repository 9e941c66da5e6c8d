"""Rows whose numbers are known already: in the file, in the base, in other bases, on a do-not-call list."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from tenants.context import Tenant
from tenants.imports.running import run
from tenants.imports.surveying import survey
from tenants.workspace import workspace
from tests.conftest import Client
from tests.integration.imports.test_import import contacts_of, upload
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

FIGURES = ("rows", "added", "merged", "skipped", "repeated", "found_here", "found_elsewhere", "blocked", "junk")
Begin = Callable[..., Awaitable[Any]]


@pytest.fixture
def begin(api: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant) -> Begin:
    """Upload, set and confirm; the import's view. Its job has not run."""

    async def begun(content: str, base: int = 2, confirmed: bool = True, **change: Any) -> Any:
        client = await api("admin")
        made = await upload(client, seed.id("base", base), content.encode(), country="PL")
        assert made.status_code == 201, made.text
        path = f"/imports/{made.json()['id']}"
        changed = await client.patch(path, json={"columns": ["name", "phone", "email"], "header": False, **change})
        assert changed.status_code == 200, changed.text
        if confirmed:
            assert (await client.post(f"{path}/confirm")).status_code == 200
        return changed.json()

    return begun


@pytest.fixture
def bring(begin: Begin, api: Client) -> Begin:
    """The same, and carried out."""

    async def brought(content: str, base: int = 2, **change: Any) -> Any:
        begun = await begin(content, base, **change)
        await run(UUID(begun["id"]))
        return await seen(await api("admin"), begun)

    return brought


async def seen(client: Any, view: Any) -> Any:
    return (await client.get(f"/imports/{view['id']}")).json()


def figures(view: Any) -> dict[str, int]:
    return {name: view[name] for name in FIGURES if view[name]}


def rows(count: int, first: int = 600_000_000) -> str:
    return "".join(f"n{n};+48{first + n};\n" for n in range(count))


async def test_a_row_far_down_in_the_file_joins_the_contact_of_its_number(bring: Begin, api: Client) -> None:
    content = "Anna;+48501000001;\n" + rows(10_000) + "Anna Nowak;+48501000001 +48501000002;anna@example.com\n"
    view = await bring(content)
    assert figures(view) == {"rows": 10_002, "added": 10_001, "merged": 1, "repeated": 1}
    found = (await (await api("admin")).get("/contacts", params={"q": "501000002"})).json()["items"]
    assert [(one["name"], one["email"], len(one["phones"])) for one in found] == [("Anna", "anna@example.com", 2)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("skip", {"rows": 10_002, "added": 10_001, "skipped": 1, "repeated": 1}),
        ("add", {"rows": 10_002, "added": 10_002}),
    ],
)
async def test_rows_that_come_again_are_left_out_or_added(bring: Begin, policy: str, expected: dict[str, int]) -> None:
    content = "Anna;+48501000001;\n" + rows(10_000) + "Anna;+48501000001;\n"
    assert figures(await bring(content, duplicates="merge", duplicates_in_file=policy)) == expected


async def test_numbers_of_other_bases_are_joined_left_out_or_not_looked_for(bring: Begin, api: Client) -> None:
    first = await bring("Anna;+48501000001;\n", base=1)
    joined = await bring("Anna;+48501000001 +48501000002;a@example.com\n", duplicates_elsewhere="merge")
    assert figures(joined) == {"rows": 1, "merged": 1, "found_elsewhere": 1}
    client = await api("admin")
    (anna,) = await contacts_of(client, first)
    assert (anna["email"], len(anna["phones"]), anna["base_id"]) == ("a@example.com", 2, first["base_id"])
    left_out = await bring("Anna;+48501000002;\n", duplicates_elsewhere="skip")
    assert figures(left_out) == {"rows": 1, "skipped": 1, "found_elsewhere": 1}
    added = await bring("Anna;+48501000002;\n", duplicates_elsewhere="add")
    assert figures(added) == {"rows": 1, "added": 1}
    here = await bring("Anna;+48501000002;\n", duplicates_elsewhere="merge")
    assert figures(here) == {"rows": 1, "merged": 1, "found_here": 1}


async def test_whom_nobody_may_call_enters_and_is_marked(bring: Begin, api: Client) -> None:
    async with workspace() as here:
        await here.execute("insert into do_not_call (number, source) values ('+48501000001', 'manual')")
    view = await bring("Anna;+48501000001;\nEwa;+48501000001 +48501000002;\n", duplicates_in_file="add")
    assert figures(view) == {"rows": 2, "added": 2, "blocked": 1}
    statuses = {one["name"]: one["status"] for one in await contacts_of(await api("admin"), view)}
    assert statuses == {"Anna": "do_not_call", "Ewa": "new"}


async def test_what_was_chosen_for_all_is_given_to_new_and_to_known_contacts(
    bring: Begin, api: Client, seed: Seed
) -> None:
    first = await bring("Anna;+48501000001;\n")
    category, person = str(seed.id("category", 1)), str(seed.id("user", "operator"))
    second = await bring("Anna;+48501000001;\nEwa;+48501000003;\n", category_ids=[category], responsible_id=person)
    client = await api("admin")
    for one in (*await contacts_of(client, first), *await contacts_of(client, second)):
        assert (one["category_ids"], one["responsible_id"]) == ([category], person)


async def test_the_same_file_twice_at_the_same_time_doubles_nobody(begin: Begin, api: Client) -> None:
    one, other = await begin(rows(12_000)), await begin(rows(12_000))
    await asyncio.gather(run(UUID(one["id"])), run(UUID(other["id"])))
    client = await api("admin")
    views = [await seen(client, one), await seen(client, other)]
    assert sum(view["added"] for view in views) == 12_000
    assert sum(view["found_here"] for view in views) == 12_000
    async with workspace() as here:
        assert await here.fetchval("select count(*) from phones where number like '+486000%'") == 12_000


KNOWN = "Anna;+48501000001;\nEwa;+48501000002 +48501000003;\n"
ELSEWHERE = "Ola;+48501000004;\n"
MIXED = (
    "Anna;+48501000001 +48501000005;a@example.com\nOla;+48501000004;\nIga;+48501000006;\nIga;+48501000006;\n"
    + rows(10_000)
    + "Iga;+48501000006;\nEwa;+48501000003 +48501000007;\nOla;+48501000004;\nn1;+48600000001;\nzły;abc;\n"
    + "Nikt;+48501000009;\n"
)
POLICIES = ("merge", "skip", "add")


@pytest.mark.parametrize(("in_file", "here"), list(product(POLICIES, POLICIES)))
async def test_the_dry_run_counts_what_the_import_then_does(
    bring: Begin, begin: Begin, api: Client, in_file: str, here: str
) -> None:
    await bring(KNOWN)
    await bring(ELSEWHERE, base=1)
    async with workspace() as connection:
        await connection.execute("insert into do_not_call (number, source) values ('+48501000009', 'manual')")
    elsewhere = POLICIES[(POLICIES.index(in_file) + POLICIES.index(here)) % 3]
    policies = {"duplicates": here, "duplicates_in_file": in_file, "duplicates_elsewhere": elsewhere}
    begun = await begin(MIXED, confirmed=False, **policies)
    await survey(UUID(begun["id"]))
    client = await api("admin")
    counted = (await seen(client, begun))["survey"]
    assert (counted["state"], counted["progress"], counted["rows"]) == ("done", 1.0, 10_010)
    await client.post(f"/imports/{begun['id']}/confirm")
    await run(UUID(begun["id"]))
    assert figures(await seen(client, begun)) == figures(counted)
