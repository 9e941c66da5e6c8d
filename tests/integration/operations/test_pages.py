"""The dialog of bulk work and the pages of operations."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

HTMX = {"HX-Request": "true"}


@pytest.fixture
async def admin(page_client: Client) -> httpx.AsyncClient:
    client = await page_client("admin")
    client.headers.update(HTMX)
    return client


async def asked(client: httpx.AsyncClient, kind: str, search: str, **values: Any) -> httpx.Response:
    ticked = json.dumps({"search": search, "sort": "-modified"})
    return await client.post("/operations/new", data={"kind": kind, "selection": ticked, **values})


async def test_the_question_names_the_exact_number_and_only_the_answer_begins_the_work(
    admin: httpx.AsyncClient, jobs: Recorder, seed: Seed
) -> None:
    form = await admin.get("/operations/new", params={"kind": "category_add"})
    assert "Important" in form.text
    question = await asked(admin, "category_add", f"base_id={seed.id('base', 1)}", value=str(seed.id("category")))
    assert "Add the category “Important” to 4 contacts?" in question.text
    assert jobs.names() == []
    found = re.search(r'hx-post="(/operations/[^"]+)/start"', question.text)
    assert found is not None
    answer = await admin.post(f"{found[1]}/start")
    assert answer.headers["hx-redirect"] == found[1]
    await jobs.carry_out("run_operation")
    shown = await admin.get(found[1])
    assert "Category “Important” added" in (await admin.get("/operations")).text
    assert "Undo" in shown.text
    await admin.post(f"{found[1]}/undo")
    await jobs.carry_out("undo_operation")
    assert "3 contacts are as they were before." in (await admin.get(found[1])).text


async def test_an_export_is_offered_and_downloaded(admin: httpx.AsyncClient, jobs: Recorder, seed: Seed) -> None:
    form = await admin.get("/operations/new", params={"kind": "export"})
    assert form.text.count("checked") > 3
    question = await asked(
        admin, "export", "", columns=["name", "phone"], format="csv", encoding="utf-8", delimiter=";"
    )
    assert "Write 5 contacts into a file (CSV)?" in question.text
    found = re.search(r'hx-post="(/operations/[^"]+)/start"', question.text)
    assert found is not None
    await admin.post(f"{found[1]}/start")
    await jobs.carry_out("run_operation")
    assert f"{found[1]}/file" in (await admin.get(found[1])).text
    file = await admin.get(f"{found[1]}/file")
    assert file.text.startswith("\ufeffName;Phone")


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("base", {}, "There is no such base."),
        ("export", {}, "Tick at least one column."),
        ("status", {"value": "queued"}, "Only the dialer sets this status."),
    ],
)
async def test_a_wrong_choice_is_told_in_the_dialog(
    admin: httpx.AsyncClient, kind: str, values: dict[str, Any], sentence: str
) -> None:
    answer = await asked(admin, kind, "", **values)
    assert (answer.status_code, sentence in answer.text) == (422, True)


async def test_an_operator_has_no_dialog_for_what_they_may_not_do(page_client: Client) -> None:
    operator = await page_client("operator")
    assert (await operator.get("/operations/new", params={"kind": "status"})).status_code == 200
    assert (await operator.get("/operations/new", params={"kind": "delete"})).status_code == 403
    assert (await operator.get("/operations/new", params={"kind": "export"})).status_code == 403
    assert 'data-bulk-kind="delete"' not in (await operator.get("/contacts")).text
