"""Files: what was uploaded stays with its history, can be had back, and be deleted without its contacts."""

from tests.conftest import Client
from tests.integration.imports.test_import import Importer, contacts_of, importer, upload
from tests.support.lookalikes import Seed

__all__ = ["importer"]
_ROWS = b"Anna;601200300\n"


async def test_a_file_is_listed_with_its_history_and_downloaded_as_it_was(api: Client, importer: Importer) -> None:
    view, client = await importer(_ROWS), await api("admin")
    file = (await client.get(f"/files/{view['id']}")).json()
    assert (file["name"], file["size"], file["state"]) == ("list.csv", len(_ROWS), "done")
    assert [one["what"] for one in file["history"]] == ["uploaded", "confirmed", "done"]
    assert file["history"][0]["by"] == file["created_by"]
    assert view["id"] in [one["id"] for one in (await client.get("/files")).json()["items"]]
    answer = await client.get(f"/files/{view['id']}/file")
    assert answer.content == _ROWS
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_a_deleted_file_is_gone_and_its_contacts_stay(api: Client, importer: Importer) -> None:
    view, client = await importer(_ROWS), await api("admin")
    assert (await client.delete(f"/files/{view['id']}")).status_code == 204
    assert (await client.get(f"/files/{view['id']}/file")).status_code == 404
    assert [one["name"] for one in await contacts_of(client, view)] == ["Anna"]
    assert (await client.get(f"/files/{view['id']}")).json()["history"][-1]["what"] == "file_deleted"


async def test_a_file_that_is_still_to_be_read_cannot_be_deleted(api: Client, seed: Seed) -> None:
    client = await api("admin")
    made = (await upload(client, seed.id("base", 1), _ROWS)).json()
    assert (await client.delete(f"/files/{made['id']}")).status_code == 409


async def test_changes_of_settings_by_one_person_are_one_happening(api: Client, seed: Seed) -> None:
    client = await api("admin")
    made = (await upload(client, seed.id("base", 1), _ROWS)).json()
    for country in ("DE", "UA", "UA"):
        await client.patch(f"/imports/{made['id']}", json={"country": country})
    await client.post(f"/imports/{made['id']}/cancel")
    history = (await client.get(f"/files/{made['id']}")).json()["history"]
    assert [one["what"] for one in history] == ["uploaded", "settings", "cancelled"]
