"""Templates: how files of one kind are read, saved once and proposed ever after."""

from typing import Any

from tests.conftest import Client
from tests.integration.imports.test_import import upload
from tests.support.lookalikes import Seed

_HEADED = b"Kto;Gdzie;Telefon\nAnna;Gdynia;601200300\n"
_ROLES = ["name", "comment", "phone"]


async def _saved(client: Any, seed: Seed, content: bytes, **settings: Any) -> Any:
    made = (await upload(client, seed.id("base", 1), content)).json()
    await client.patch(f"/imports/{made['id']}", json=settings)
    saved = await client.post("/import-templates", json={"name": "Of the agency", "import_id": made["id"]})
    assert saved.status_code == 201, saved.text
    return saved.json()


async def test_a_file_with_the_header_of_a_template_is_read_by_it(api: Client, seed: Seed) -> None:
    client = await api("admin")
    chosen = {"columns": _ROLES, "duplicates": "skip", "category_ids": [str(seed.id("category"))]}
    saved = await _saved(client, seed, _HEADED, **chosen)
    again = (await upload(client, seed.id("base", 1), b"KTO ;gdzie;  telefon\nEwa;Sopot;601200301\n")).json()
    assert again["template_id"] == saved["id"]
    assert {name: again[name] for name in chosen} == chosen


async def test_a_template_fits_by_shape_where_there_is_no_header(api: Client, seed: Seed) -> None:
    client = await api("admin")
    saved = await _saved(client, seed, b"Anna;Gdynia;601200300\n", columns=_ROLES)
    fits = (await upload(client, seed.id("base", 1), b"Ewa;Sopot;601200301\n")).json()
    assert (fits["template_id"], fits["columns"]) == (saved["id"], _ROLES)
    other = (await upload(client, seed.id("base", 1), b"601200301;Sopot;Ewa\n")).json()
    assert other["template_id"] is None


async def test_the_guess_can_be_used_instead(api: Client, seed: Seed) -> None:
    client = await api("admin")
    await _saved(client, seed, _HEADED, columns=_ROLES, responsible_id=str(seed.id("user", "operator")))
    again = (await upload(client, seed.id("base", 1), _HEADED)).json()
    guessed = (await client.patch(f"/imports/{again['id']}", json={"template_id": None})).json()
    assert (guessed["template_id"], guessed["responsible_id"]) == (None, None)
    assert guessed["columns"] != _ROLES
    assert (await upload(client, seed.id("base", 1), _HEADED, template_id="none")).json()["template_id"] is None


async def test_the_built_in_order_is_known_by_its_shape_and_stays(api: Client, seed: Seed) -> None:
    client = await api("admin")
    (builtin,) = [one for one in (await client.get("/import-templates")).json()["items"] if one["builtin"]]
    rows = b"601200300;Anna;anna@example.com;VIP;rings at noon\n601200301;Ewa;ewa@example.com;;\n"
    made = (await upload(client, seed.id("base", 1), rows)).json()
    assert made["template_id"] == builtin["id"]
    assert made["columns"] == ["phone", "name", "email", "category", "comment"]
    assert (await client.patch(f"/import-templates/{builtin['id']}", json={"name": "Ours"})).status_code == 409
    assert (await client.delete(f"/import-templates/{builtin['id']}")).status_code == 409


async def test_a_template_of_another_width_is_refused_beside_its_field(api: Client, seed: Seed) -> None:
    client = await api("admin")
    saved = await _saved(client, seed, _HEADED, columns=_ROLES)
    made = (await upload(client, seed.id("base", 1), b"Anna;601200300\n")).json()
    refused = await client.patch(f"/imports/{made['id']}", json={"template_id": saved["id"]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "template_id")


async def test_templates_are_renamed_and_deleted_and_names_differ(api: Client, seed: Seed) -> None:
    client = await api("admin")
    saved = await _saved(client, seed, _HEADED, columns=_ROLES)
    twice = await client.post("/import-templates", json={"name": "OF THE AGENCY", "columns": ["phone"]})
    assert (twice.status_code, twice.json()["errors"][0]["field"]) == (422, "name")
    renamed = await client.patch(f"/import-templates/{saved['id']}", json={"name": "Agency"})
    assert renamed.json()["name"] == "Agency"
    assert (await client.delete(f"/import-templates/{saved['id']}")).status_code == 204
    assert (await client.get(f"/import-templates/{saved['id']}")).status_code == 404


async def test_the_example_of_a_template_can_be_downloaded(api: Client, page_client: Client) -> None:
    items = (await (await api("admin")).get("/import-templates")).json()["items"]
    builtin = next(one for one in items if one["builtin"])
    answer = await (await page_client("admin")).get(f"/import-templates/{builtin['id']}/example")
    assert answer.text.splitlines() == ["\ufeff+48 601 200 300;Anna Nowak;anna@example.com;VIP;call after 5 pm"]
