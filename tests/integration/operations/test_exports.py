"""Exports through the API: what is in the file, and that nothing in it runs in a spreadsheet."""

import csv
import io
import os
import time
import zipfile
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import httpx
import pytest

from tenants.contacts.selection import ids_of
from tenants.context import Tenant
from tenants.exports import plan, running
from tenants.operations.leftovers import drop_leftovers
from tenants.operations.restoring import forget
from tenants.operations.running import run
from tenants.operations.sweeping import sweep_operations
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

EVIL = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "plain", "+48601000009"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
async def admin(api: Client, in_tenant: Tenant) -> httpx.AsyncClient:
    return await api("admin")


async def exported(client: httpx.AsyncClient, jobs: Recorder, **wanted: Any) -> tuple[Any, bytes]:
    """The operation once it has ended, and its file."""
    made = await client.post("/exports", json={"filter": {}, **wanted})
    assert made.status_code == 201, made.text
    await jobs.carry_out("run_operation")
    seen = (await client.get(f"/operations/{made.json()['id']}")).json()
    assert seen["state"] == "done", seen
    file = await client.get(f"/operations/{seen['id']}/file")
    assert file.status_code == 200
    assert file.headers["content-disposition"].startswith("attachment;")
    assert seen["file_name"] in file.headers["content-disposition"]
    assert len(file.content) == seen["file_size"]
    return seen, file.content


def lines(content: bytes, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


async def test_the_file_holds_exactly_the_search_in_its_order(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SLICE", 2)
    chosen = {"filter": {"base_id": str(seed.id("base", 1))}, "sort": "-name", "columns": ["name", "phone", "status"]}
    seen, content = await exported(admin, jobs, **chosen)
    assert lines(content) == [
        ["Name", "Phone", "Status"],
        ["Jan Kowalski 4", "+491711000004", "New"],
        ["Jan Kowalski 3", "+380671000003", "New"],
        ["Jan Kowalski 2", "+48601000002", "New"],
        ["Jan Kowalski 1", "+48601000001", "New"],
    ]
    assert (seen["total"], seen["changed"], seen["position"]) == (4, 4, 4)


async def test_every_column_of_a_contact_is_there_when_none_is_chosen(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    numbers = ("+48601000001", "+48601000011", "+48601000012", "+48601000013", "+48601000014")
    phones = [{"number": number} for number in numbers]
    await admin.patch(f"/contacts/{seed.id('contact', 1)}", json={"phones": phones, "comment": 'two\nlines, "quoted"'})
    _, content = await exported(admin, jobs, ids=[str(seed.id("contact", 1))], filter=None)
    heading, row = lines(content)
    one = dict(zip(heading, row, strict=True))
    assert one["Comment"] == 'two\nlines, "quoted"'
    assert [one[name] for name in ("Phone", "Phone 2", "Phone 3")] == ["+48601000001", "+48601000011", "+48601000012"]
    assert one["Further phones"] == "'+48601000013, +48601000014"
    assert (one["Base"], one["Group"], one["Categories"]) == ("Customers", "Poland", "Important")
    assert (one["Responsible"], one["Ringyard ID"]) == ("Anna Operator", str(seed.id("contact", 1)))


async def test_no_cell_is_a_formula(admin: httpx.AsyncClient, jobs: Recorder, seed: Seed) -> None:
    async with workspace() as connection:
        await connection.execute("delete from contacts")
        await connection.executemany(
            """insert into contacts (id, base_id, name, comment, external_id, modified_at)
               values (gen_random_uuid(), $1, $2, $2, $2, to_timestamp($3))""",
            [(seed.id("base", 1), text, place) for place, text in enumerate(EVIL)],
        )
    wanted = {"columns": ["name", "comment", "external_id"], "sort": "modified"}
    _, content = await exported(admin, jobs, **wanted)
    guarded = [f"'{text}" for text in EVIL[:7]] + EVIL[7:]
    assert lines(content)[1:] == [[text] * 3 for text in guarded]
    _, sheet = await exported(admin, jobs, **wanted, format="xlsx")
    assert cells(sheet)[1:] == [[text] * 3 for text in EVIL]


def cells(content: bytes) -> list[list[str]]:
    """Of an Excel file's first sheet; every one has to be a text."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - we wrote it
    found = [list(row) for row in sheet.iter(f"{SHEET}row")]
    assert {cell.get("t") for row in found for cell in row} == {"inlineStr"}
    texts = [["".join(cell.itertext()) for cell in row] for row in found]
    return [[text.replace("_x000D_", "\r") for text in row] for row in texts]


async def test_a_number_in_an_excel_file_keeps_its_plus(admin: httpx.AsyncClient, jobs: Recorder, seed: Seed) -> None:
    wanted = {"format": "xlsx", "columns": ["phone"], "filter": None, "ids": [str(seed.id("contact", 1))]}
    _, content = await exported(admin, jobs, **wanted)
    assert cells(content) == [["Phone"], ["+48601000001"]]


async def test_encoding_and_delimiter_are_those_wanted_and_what_cannot_be_written_is_counted(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    await admin.patch(f"/contacts/{seed.id('contact', 1)}", json={"name": "Żółć; Їжак"})
    wanted = {"columns": ["name", "phone"], "ids": [str(seed.id("contact", 1))], "filter": None}
    seen, content = await exported(admin, jobs, **wanted, encoding="cp1250", delimiter="semicolon")
    assert lines(content, "cp1250", ";")[1] == ["Żółć; ????", "+48601000001"]
    assert seen["value"]["replaced"] == 4
    seen, content = await exported(admin, jobs, **wanted, encoding="utf-16", delimiter="tab")
    assert lines(content, "utf-16", "\t")[1] == ["Żółć; Їжак", "+48601000001"]
    assert seen["value"]["replaced"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"encoding": "klingon"}, "encoding"),
        ({"delimiter": "x"}, "delimiter"),
        ({"columns": ["name", "secret"]}, "columns"),
        ({"columns": ["custom:nobody has it"]}, "columns"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    admin: httpx.AsyncClient, body: dict[str, Any], field: str
) -> None:
    answer = await admin.post("/exports", json={"filter": {}, **body})
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])


async def test_more_rows_than_an_excel_sheet_holds_are_refused_before(
    admin: httpx.AsyncClient, jobs: Recorder, monkeypatch: pytest.MonkeyPatch, in_tenant: Tenant, settings: Any
) -> None:
    monkeypatch.setattr("tenants.exports.service.MOST_ROWS", 4)
    answer = await admin.post("/exports", json={"format": "xlsx", "filter": {}})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "format")
    assert jobs.names() == []
    assert list((settings.home / "objects" / in_tenant.schema / "selections").iterdir()) == []
    assert plan.MOST_ROWS == 1_048_575


async def test_a_cancelled_export_and_one_whose_time_is_over_leave_no_file(
    admin: httpx.AsyncClient, jobs: Recorder, in_tenant: Tenant, settings: Any
) -> None:
    seen, _ = await exported(admin, jobs)
    async with workspace() as connection:
        await connection.execute(
            "update operations set finished_at = now() - interval '8 days' where finished_at is not null"
        )
        await sweep_operations()
    assert (await admin.get(f"/operations/{seen['id']}/file")).status_code == 404
    made = (await admin.post("/exports", json={"filter": {}})).json()
    await admin.post(f"/operations/{made['id']}/cancel")
    await jobs.carry_out("run_operation")
    assert [path for path in (settings.home / "objects" / in_tenant.schema).rglob("*") if path.is_file()] == []


async def test_an_export_that_is_cancelled_while_it_is_written_leaves_nothing(
    admin: httpx.AsyncClient, jobs: Recorder, monkeypatch: pytest.MonkeyPatch, in_tenant: Tenant, settings: Any
) -> None:
    made = (await admin.post("/exports", json={"filter": {}})).json()
    jobs.take("run_operation")

    async def cancelled_meanwhile(key: str, start: int, count: int) -> list[UUID]:
        if start:
            await admin.post(f"/operations/{made['id']}/cancel")
        return await ids_of(key, start, count)

    monkeypatch.setattr(running, "SLICE", 2)
    monkeypatch.setattr(running, "ids_of", cancelled_meanwhile)
    await run(UUID(made["id"]))
    assert (await admin.get(f"/operations/{made['id']}")).json()["state"] == "cancelled"
    assert [path for path in (settings.home / "objects" / in_tenant.schema).rglob("*") if path.is_file()] == []


async def test_a_file_with_a_person_who_was_erased_is_no_longer_offered(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed, in_tenant: Tenant, settings: Any
) -> None:
    theirs, _ = await exported(admin, jobs, filter={"base_id": str(seed.id("base", 1))})
    others, _ = await exported(admin, jobs, filter=None, ids=[str(seed.id("contact", 2))])
    async with workspace():
        await forget([seed.id("contact", 1)])
    assert (await admin.get(f"/operations/{theirs['id']}/file")).status_code == 404
    assert (await admin.get(f"/operations/{others['id']}/file")).status_code == 200
    files = [path for path in (settings.home / "objects" / in_tenant.schema).rglob("*") if path.is_file()]
    assert sorted(path.parent.name for path in files) == ["exports", "selections"]


async def test_an_export_begins_anew_when_somebody_in_it_is_erased_meanwhile(
    admin: httpx.AsyncClient, jobs: Recorder, monkeypatch: pytest.MonkeyPatch, seed: Seed
) -> None:
    chosen = {"base_id": str(seed.id("base", 1))}
    made = (await admin.post("/exports", json={"filter": chosen, "columns": ["id"]})).json()
    jobs.take("run_operation")
    asked: list[int] = []

    async def erased_meanwhile(key: str, start: int, count: int) -> list[UUID]:
        asked.append(start)
        if len(asked) == 2:
            async with workspace() as connection:
                await connection.execute("update calls set ended_at = now() where ended_at is null")
                await connection.execute("delete from contacts where id = $1", seed.id("contact", 1))
                await forget([seed.id("contact", 1)])
        return await ids_of(key, start, count)

    monkeypatch.setattr(running, "SLICE", 2)
    monkeypatch.setattr(running, "ids_of", erased_meanwhile)
    await run(UUID(made["id"]))
    file = await admin.get(f"/operations/{made['id']}/file")
    assert file.status_code == 200
    assert asked == [0, 2, 0, 2]
    assert str(seed.id("contact", 1)) not in file.text
    assert (await admin.get(f"/operations/{made['id']}")).json()["changed"] == 3


async def test_files_that_nobody_knows_are_swept_once_they_are_old(
    admin: httpx.AsyncClient, jobs: Recorder, in_tenant: Tenant, settings: Any
) -> None:
    seen, _ = await exported(admin, jobs)
    objects = settings.home / "objects" / in_tenant.schema
    left = [objects / "exports" / "left", objects / "exports" / "killed#3", objects / "selections" / "failed"]
    fresh = objects / "exports" / "under way#1"
    for path in (*left, fresh):
        path.write_bytes(b"x")
    old = time.time() - 25 * 3600
    for path in objects.rglob("*"):
        if path.is_file() and path != fresh:
            os.utime(path, (old, old))
    async with workspace():
        await drop_leftovers()
    assert [path.exists() for path in (*left, fresh)] == [False, False, False, True]
    assert (await admin.get(f"/operations/{seen['id']}/file")).status_code == 200
    assert len(list((objects / "selections").iterdir())) == 1
