"""Search everywhere, and the page of bases."""

import pytest

from tests.conftest import Client
from tests.support.lookalikes import Seed


async def test_everything_a_user_may_see_is_found_by_its_name(api: Client, seed: Seed) -> None:
    client = await api("admin")
    contact = seed.id("contact", 2)
    await client.post(f"/contacts/{contact}/documents", files={"file": ("Umowa Wójcik.pdf", b"%PDF-1.4 umowa")})
    found = {}
    for q in ("kowalski 2", "jan2@ex", "601000002", "WOJCIK", "custom", "autumn", "customers.csv", "k"):
        items = (await client.get("/search", params={"q": q})).json()["items"]
        found[q] = [(one["kind"], one["name"]) for one in items]
    who = [("client", "Jan Kowalski 2")]
    assert found["kowalski 2"] == found["jan2@ex"] == found["601000002"] == who
    assert found["WOJCIK"] == [("document", "Umowa Wójcik.pdf")]
    assert found["custom"] == [("base", "Customers"), ("import", "customers.csv")]
    assert (found["autumn"], found["customers.csv"]) == ([("campaign", "Autumn")], [("import", "customers.csv")])
    assert found["k"] == []


async def test_nobody_finds_what_they_may_not_open(api: Client) -> None:
    client = await api("operator")
    assert (await client.get("/search", params={"q": "autumn"})).json()["items"] == []
    assert (await client.get("/search", params={"q": "customers.csv", "kind": "import"})).json()["items"] == []
    assert (await client.get("/search", params={"q": "customers"})).json()["items"][0]["kind"] == "base"


async def test_suggestions_and_results_lead_to_the_things(page_client: Client, seed: Seed) -> None:
    client = await page_client("admin")
    text = (await client.get("/search/suggestions", params={"q": "kowalski"})).text
    assert f'href="/contacts/{seed.id("contact", 1)}"' in text
    assert 'role="option"' in text
    page = (await client.get("/search", params={"q": "autumn", "kind": "campaign"})).text
    assert f'href="/campaigns/{seed.id("campaign")}"' in page
    assert "Nothing found" in (await client.get("/search", params={"q": "<b>zzz"})).text


async def test_bases_are_searched_and_sorted_and_groups_renamed(page_client: Client, api: Client) -> None:
    client, direct = await page_client("admin"), await api("admin")
    assert (await direct.post("/bases/groups", json={"group": "Poland", "name": "Polska"})).json() == {"bases": 1}
    assert (await direct.post("/bases/groups", json={"group": "Polska", "name": " "})).status_code == 422
    text = (await client.get("/bases", params={"sort": "-contacts"})).text
    assert text.index("Customers</a>") < text.index("Prospects</a>")
    assert "Polska" in text
    assert "Customers</a>" not in (await client.get("/bases", params={"q": "prosp"})).text


async def test_counts_of_bases_that_take_too_long_go_to_a_cap(
    page_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.bases.counts._EXACT", "select pg_sleep(5), null::uuid as base_id, 0 as contacts")
    monkeypatch.setattr("tenants.bases.counts._EXACT_MS", 20)
    monkeypatch.setattr("tenants.bases.counts.CAP", 3)
    assert "more than 3" in (await (await page_client("admin")).get("/bases")).text
