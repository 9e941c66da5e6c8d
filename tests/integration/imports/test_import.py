"""An import through the API: upload, preview, confirm, run, junk, undo."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from tenants.context import Tenant
from tenants.imports.running import run
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

LIST = """Imię i nazwisko;Telefon;E-mail;Uwagi
Łukasz Żółć;601 200 301;lukasz@example.com;dzwonić rano
Jürgen Groß;0049 151 23456789;;
Іван;+380 67 123 45 67;;
Bez numeru;;;
Literówka;501 abc 123;;
Arkusz;4,85E+10;;
"""
Importer = Callable[..., Awaitable[Any]]


@pytest.fixture
def importer(api: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant) -> Importer:
    """Upload, confirm and carry out; gives the import's last view."""

    async def imported(content: bytes, **settings: str) -> Any:
        client = await api("admin")
        made = await upload(client, seed.id("base", 2), content, **settings)
        assert made.status_code == 201, made.text
        confirmed = await client.post(f"/imports/{made.json()['id']}/confirm")
        assert confirmed.status_code == 200, confirmed.text
        await run(jobs.take("run_import")["import_id"])
        return (await client.get(f"/imports/{made.json()['id']}")).json()

    return imported


async def upload(client: Any, base_id: UUID, content: bytes, **settings: str) -> Any:
    files = {"file": ("list.csv", content, "text/csv")}
    return await client.post("/imports", data={"base_id": str(base_id), **settings}, files=files)


async def contacts_of(client: Any, view: Any) -> list[Any]:
    """The contacts that an import added, by name."""
    found = (await client.get("/contacts", params={"base_id": view["base_id"], "limit": 500})).json()["items"]
    return sorted((one for one in found if one["import_id"] == view["id"]), key=lambda one: one["name"])


async def reasons_of(client: Any, view: Any) -> list[tuple[int, int | None, str]]:
    junk = (await client.get(f"/imports/{view['id']}/junk")).json()["items"]
    return [(one["row"], one["column"], one["reason"]) for one in junk]


async def test_the_preview_shows_what_would_enter_and_nothing_has_entered(api: Client, seed: Seed) -> None:
    client = await api("admin")
    before = (await client.get("/contacts", params={"limit": 500})).json()["items"]
    made = (await upload(client, seed.id("base", 1), LIST.encode())).json()
    assert (made["state"], made["encoding"], made["delimiter"], made["header"]) == ("preview", "utf-8", ";", True)
    assert made["columns"] == ["name", "phone", "email", "comment"]
    assert [phone["number"] for row in made["preview"] for phone in row["phones"]] == [
        "+48601200301",
        "+4915123456789",
        "+380671234567",
    ]
    assert [problem["reason"] for row in made["preview"] for problem in row["problems"]] == [
        "no_number",
        "letters",
        "scientific",
    ]
    assert (await client.get("/contacts", params={"limit": 500})).json()["items"] == before


async def test_settings_are_changed_and_the_preview_is_drawn_anew(api: Client, seed: Seed) -> None:
    client = await api("admin")
    made = (await upload(client, seed.id("base", 1), LIST.encode("cp1251", errors="replace"), encoding="utf-8")).json()
    changed = await client.patch(f"/imports/{made['id']}", json={"encoding": "cp1251", "country": "ua"})
    assert changed.json()["preview"][2]["cells"][0] == "Іван"
    assert (changed.json()["encoding"], changed.json()["country"]) == ("windows-1251", "UA")
    roles = ["custom:Who", "phone", "skip", "comment"]
    assert (await client.patch(f"/imports/{made['id']}", json={"columns": roles})).json()["columns"] == roles


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"encoding": "klingon"}, "encoding"),
        ({"delimiter": "x"}, "delimiter"),
        ({"country": "Poland"}, "country"),
        ({"columns": ["name"]}, "columns"),
        ({"columns": ["phone", "email", "email", "skip"]}, "columns"),
        ({"columns": ["phone", "shoe size", "email", "skip"]}, "columns"),
    ],
)
async def test_a_setting_that_cannot_be_is_refused_beside_its_field(
    api: Client, seed: Seed, change: dict[str, Any], field: str
) -> None:
    client = await api("admin")
    made = (await upload(client, seed.id("base", 1), LIST.encode())).json()
    refused = await client.patch(f"/imports/{made['id']}", json=change)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_the_rows_enter_and_the_rest_is_junk_with_row_column_and_reason(
    api: Client, importer: Importer, jobs: Recorder
) -> None:
    view = await importer(LIST.encode())
    assert (view["state"], view["rows"], view["added"], view["junk"], view["progress"]) == ("done", 6, 3, 3, 1.0)
    client = await api("admin")
    assert [one["name"] for one in await contacts_of(client, view)] == ["Jürgen Groß", "Łukasz Żółć", "Іван"]
    german = (await contacts_of(client, view))[0]
    assert (german["region"], german["timezone"], german["status"]) == ("DE", "Europe/Berlin", "new")
    assert await reasons_of(client, view) == [(5, None, "no_number"), (6, 2, "letters"), (7, 2, "scientific")]
    assert "enrol_base" in jobs.names()


async def test_duplicates_are_joined_left_out_or_added_as_chosen(api: Client, importer: Importer) -> None:
    first = await importer(b"Anna;601200300;601200301\n")
    merged = await importer(b"Anna Nowak;601200301;601200302\nAnna;601200302;\n", duplicates="merge")
    assert (merged["added"], merged["merged"], merged["skipped"]) == (0, 2, 0)
    client = await api("admin")
    (anna,) = await contacts_of(client, first)
    assert [phone["number"][-1] for phone in anna["phones"]] == ["0", "1", "2"]
    skipped = await importer(b"Anna;601200302\n", duplicates="skip")
    assert (skipped["added"], skipped["merged"], skipped["skipped"]) == (0, 0, 1)
    added = await importer(b"Anna;601200302\n", duplicates="add")
    assert (added["added"], added["merged"], added["skipped"]) == (1, 0, 0)


async def test_categories_people_and_own_fields_come_along(api: Client, importer: Importer, seed: Seed) -> None:
    columns = json.dumps(["name", "phone", "category", "responsible", "custom:City"])
    person = seed.email("operator")
    rows = f"Anna;601200300;vip; {person.upper()};Łódź\nEwa;601200301;VIP|Nowa;;\nOla;601200302;;nobody;\n"
    view = await importer(rows.encode(), columns=columns, header="false")
    client = await api("admin")
    anna, ewa = await contacts_of(client, view)
    assert anna["responsible_id"] == str(seed.id("user", "operator"))
    assert anna["custom"] == {"City": "Łódź"}
    assert len(anna["category_ids"]) == 1
    assert set(anna["category_ids"]) < set(ewa["category_ids"])
    assert await reasons_of(client, view) == [(3, 4, "unknown_person")]


async def test_a_job_that_runs_twice_or_dies_and_goes_on_doubles_nothing(
    api: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.imports import reading, running

    client = await api("admin")
    rows = "".join(f"n{n};60{n:07d}\n" for n in range(25_000))
    made = (await upload(client, seed.id("base", 2), rows.encode())).json()
    await client.post(f"/imports/{made['id']}/confirm")
    import_id = jobs.take("run_import")["import_id"]
    monkeypatch.setattr(running, "reading", dying_after_the_first_slice(reading.reading))
    with pytest.raises(ConnectionError):
        await run(import_id)
    half = (await client.get(f"/imports/{made['id']}")).json()
    assert (half["state"], half["rows"], half["added"]) == ("running", 10_000, 10_000)
    monkeypatch.undo()
    await run(import_id)
    await run(import_id)
    done = (await client.get(f"/imports/{made['id']}")).json()
    assert (done["state"], done["rows"], done["added"], done["merged"]) == ("done", 25_000, 25_000, 0)


def dying_after_the_first_slice(reading: Any) -> Any:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def dying(task: Any) -> AsyncIterator[Any]:
        async with reading(task) as slices:
            yield one_and_dead(slices)

    async def one_and_dead(slices: Any) -> AsyncIterator[Any]:
        async for piece in slices:
            yield piece
            raise ConnectionError

    return dying


async def test_a_cancelled_import_stops_and_can_be_undone(
    api: Client, seed: Seed, jobs: Recorder, in_tenant: Tenant
) -> None:
    client = await api("admin")
    made = (await upload(client, seed.id("base", 2), LIST.encode())).json()
    await client.post(f"/imports/{made['id']}/confirm")
    cancelled = await client.post(f"/imports/{made['id']}/cancel")
    assert cancelled.json()["state"] == "cancelled"
    await run(jobs.take("run_import")["import_id"])
    assert (await client.get(f"/imports/{made['id']}")).json()["added"] == 0
    assert (await client.post(f"/imports/{made['id']}/cancel")).status_code == 409
    assert (await client.patch(f"/imports/{made['id']}", json={"country": "DE"})).status_code == 409


async def test_an_undo_removes_what_nobody_has_touched_since(api: Client, importer: Importer) -> None:
    view = await importer(b"Anna;601200300\nEwa;601200301\n")
    client = await api("admin")
    anna, _ = await contacts_of(client, view)
    await client.patch(f"/contacts/{anna['id']}", json={"comment": "rang back"})
    undone = await client.post(f"/imports/{view['id']}/undo")
    assert (undone.status_code, undone.json()["removed"]) == (200, 1)
    assert [one["name"] for one in await contacts_of(client, view)] == ["Anna"]


@pytest.mark.changes_other  # the stranger's token is used
async def test_an_import_of_another_workspace_is_unknown(api: Client, seed: Seed) -> None:
    made = (await upload(await api("admin"), seed.id("base", 1), LIST.encode())).json()
    stranger = await api("admin", slug="other")
    for method, path in (
        ("GET", ""),
        ("GET", "/junk"),
        ("PATCH", ""),
        ("POST", "/confirm"),
        ("POST", "/cancel"),
        ("POST", "/undo"),
    ):
        body = {"country": "PL"} if method == "PATCH" else None
        answer = await stranger.request(method, f"/imports/{made['id']}{path}", json=body)
        assert answer.status_code == 404, (method, path, answer.text)
    assert (await upload(await api("admin"), UUID(int=7), LIST.encode())).status_code == 422


async def test_an_operator_may_not_import(api: Client, seed: Seed) -> None:
    assert (await upload(await api("operator"), seed.id("base", 1), LIST.encode())).status_code == 403
