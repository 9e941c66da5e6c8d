"""Junk that is found, repaired, edited, moved to the base, exported and deleted."""

from typing import Any

import pytest

from tenants.imports import mending
from tests.conftest import Client
from tests.integration.imports.test_import import Importer, contacts_of, importer
from tests.support.jobs import Recorder

__all__ = ["importer"]
_LIST = "Anna;6O1 200 300;anna@example.com\nEwa;601200301;\nOla;twelve;\nIga;;\n=cmd;6O1 200 304;\n"
_COLUMNS = '["name", "phone", "email"]'


async def _junk(client: Any, view: Any, **wanted: Any) -> list[Any]:
    found: list[Any] = (await client.get(f"/imports/{view['id']}/junk", params=wanted)).json()["items"]
    return found


async def _imported(importer: Importer, **settings: str) -> Any:
    return await importer(_LIST.encode(), columns=_COLUMNS, header="false", **settings)


async def test_junk_is_counted_and_found_by_reason_repair_and_text(api: Client, importer: Importer) -> None:
    view, client = await _imported(importer), await api("admin")
    counts = (await client.get(f"/imports/{view['id']}/junk/counts")).json()
    assert counts == {"total": 4, "reasons": {"letters": 3, "no_number": 1}, "repairs": {"letters_for_digits": 2}}
    assert [one["row"] for one in await _junk(client, view, reason="no_number")] == [4]
    assert [one["row"] for one in await _junk(client, view, repair="letters_for_digits")] == [1, 5]
    assert [one["row"] for one in await _junk(client, view, q="TWEL")] == [3]
    assert await _junk(client, view, q="%") == []


async def test_an_accepted_repair_puts_the_whole_row_into_the_base(api: Client, importer: Importer) -> None:
    view, client = await _imported(importer), await api("admin")
    entry = (await _junk(client, view, q="anna"))[0]
    assert entry["proposal"] == "+48601200300"
    accepted = (await client.post(f"/junk/{entry['id']}/accept")).json()
    anna = (await client.get(f"/contacts/{accepted['contact_id']}")).json()
    assert (anna["name"], anna["email"], anna["import_id"]) == ("Anna", "anna@example.com", view["id"])
    assert (await client.get(f"/imports/{view['id']}")).json()["added"] == 2
    assert (await client.post(f"/junk/{entry['id']}/accept")).status_code == 409
    assert [one["row"] for one in await _junk(client, view, resolved=True)] == [1]


@pytest.mark.parametrize("at_once", [200, 0])
async def test_all_repairs_of_a_kind_are_accepted_at_once_or_by_a_job(
    api: Client, importer: Importer, jobs: Recorder, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(mending, "AT_ONCE", at_once)
    monkeypatch.setattr(mending, "SLICE", 1)
    view, client = await _imported(importer), await api("admin")
    for _ in range(2 if at_once else 1):
        answer = await client.post(f"/imports/{view['id']}/junk/accept", json={"repair": "letters_for_digits"})
        assert answer.status_code == 200, answer.text
    await jobs.carry_out("accept_junk")
    assert [one["name"] for one in await contacts_of(client, view)] == ["=cmd", "Anna", "Ewa"]
    after = (await client.get(f"/imports/{view['id']}")).json()
    assert (after["added"], after["accepting"]) == (3, [])


async def test_a_number_more_of_a_row_joins_the_contact_that_the_row_made(api: Client, importer: Importer) -> None:
    columns = '["name", "phone", "phone"]'
    view = await importer(b"Anna;601200300;6O1 200 301\n", columns=columns, header="false", duplicates="add")
    client = await api("admin")
    (entry,) = await _junk(client, view)
    assert (await client.post(f"/junk/{entry['id']}/accept")).status_code == 200
    (anna,) = await contacts_of(client, view)
    assert [phone["number"] for phone in anna["phones"]] == ["+48601200300", "+48601200301"]


async def test_an_edited_row_enters_or_says_which_cell_is_wrong(api: Client, importer: Importer) -> None:
    view, client = await _imported(importer), await api("admin")
    (entry,) = await _junk(client, view, q="twelve")
    refused = await client.patch(f"/junk/{entry['id']}", json={"cells": ["Ola", "thirteen", ""]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "cells.2")
    moved = await client.patch(f"/junk/{entry['id']}", json={"cells": ["Ola Nowak", "601 200 303", ""]})
    assert moved.status_code == 200, moved.text
    assert "Ola Nowak" in [one["name"] for one in await contacts_of(client, view)]


async def test_junk_is_exported_as_text_and_deleted(api: Client, page_client: Client, importer: Importer) -> None:
    view, client = await _imported(importer), await api("admin")
    lines = (await (await page_client("admin")).get(f"/imports/{view['id']}/junk/export")).text.splitlines()
    assert lines[1] == "1,2,The number has letters in it.,+48601200300,Anna,6O1 200 300,anna@example.com"
    assert lines[-1].endswith(",'=cmd,6O1 200 304,")
    deleted = await client.delete(f"/imports/{view['id']}/junk", params={"reason": "letters"})
    assert deleted.json() == {"entries": 3}
    (left,) = await _junk(client, view)
    assert (await client.delete(f"/junk/{left['id']}")).status_code == 204


async def test_junk_of_an_undone_import_stays_out(api: Client, importer: Importer) -> None:
    view, client = await _imported(importer), await api("admin")
    await client.post(f"/imports/{view['id']}/undo")
    (entry, *_others) = await _junk(client, view)
    assert (await client.post(f"/junk/{entry['id']}/accept")).status_code == 409


async def test_the_form_of_a_row_shows_errors_beside_their_cells(
    page_client: Client, api: Client, importer: Importer
) -> None:
    view, browser = await _imported(importer), await page_client("admin")
    (entry,) = await _junk(await api("admin"), view, q="twelve")
    typed = {"count": "3", "cells.1": "Ola", "cells.2": "thirteen", "cells.3": ""}
    refused = await browser.post(f"/junk/{entry['id']}", data=typed)
    assert refused.status_code == 422
    assert 'id="e-cells.2"' in refused.text
    entered = await browser.post(f"/junk/{entry['id']}", data={**typed, "cells.2": "601200303"})
    assert entered.headers["location"] == f"/imports/{view['id']}/junk"
