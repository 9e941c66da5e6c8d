"""Lists of contacts: filters, ways to a page, paging, totals, saved searches and chosen columns."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tenants.contacts import ways
from tenants.context import Tenant
from tenants.workspace import workspace
from tests.conftest import Client
from tests.support.lookalikes import Seed


async def _made(client: Any, seed: Seed, **fields: Any) -> Any:
    body = {"base_id": str(seed.id("base", 2)), "phones": [{"number": "601200300"}], **fields}
    answer = await client.post("/contacts", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _names(client: Any, **filters: Any) -> list[str]:
    answer = await client.get("/contacts", params={"limit": 500, **filters})
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_every_filter_lets_through_what_it_names(api: Client, seed: Seed) -> None:
    client = await api("admin")
    made = await _made(
        client, seed, name="Wanted", email="w@example.com", region="FR", custom={"city": "Lyon", "plan": "A"}
    )
    await client.put(f"/contacts/{made['id']}/favourite")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    for filters in (
        {"region": "FR"},
        {"custom": "city:Lyon"},
        {"custom": ["city:Lyon", "plan:A"]},
        {"created_from": yesterday, "q": "wanted"},
        {"modified_from": yesterday, "has_email": "true"},
        {"agent_id": "00000000-0000-0000-0000-000000000000"},
    ):
        assert await _names(client, **filters) == ["Wanted"], filters
    for filters in (
        {"custom": "city:Nice"},
        {"created_to": yesterday, "region": "FR"},
        {"region": "FR", "q": "nobody"},
    ):
        assert await _names(client, **filters) == [], filters
    assert set(await _names(client, group="Poland")) == {f"Jan Kowalski {n}" for n in range(1, 5)}
    assert len(await _names(client, has_email="false")) == 0


@pytest.mark.parametrize("sort", ["-modified", "modified", "-created", "created", "name", "-name"])
async def test_every_way_leads_to_the_same_pages_there_and_back(
    api: Client, seed: Seed, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await api("admin")
    for n in range(12):
        await _made(client, seed, name=f"{'Ola' if n % 2 else 'Ela'} {n:02}", phones=[{"number": f"6012003{n:02}"}])
    wanted = await _names(client, q="ola", sort=sort)
    assert sorted(wanted) == [f"Ola {n:02}" for n in range(1, 12, 2)]
    for few, short in ((0, 1), (0, 3), (0, 1000), (1000, 1)):
        monkeypatch.setattr(ways, "_FEW", few)
        monkeypatch.setattr(ways, "_SHORT_WALK", short)
        there, back = await _paged(client, {"q": "ola", "sort": sort, "base_id": str(seed.id("base", 2))})
        assert there == wanted, (few, short)
        assert back == wanted[:4], (few, short)


async def _paged(client: Any, filters: dict[str, str]) -> tuple[list[str], list[str]]:
    """All pages of two forwards, and from the last one the two before it."""
    there: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await client.get("/contacts", params={**filters, "limit": 2, "cursor": cursor})).json()
        there += [one["name"] for one in page["items"]]
        cursor, previous = page["next_cursor"], page["previous_cursor"]
    back: list[str] = []
    while previous:
        page = (await client.get("/contacts", params={**filters, "limit": 2, "cursor": previous})).json()
        back = [one["name"] for one in page["items"]] + back
        previous = page["previous_cursor"]
    return there, back


async def test_a_whole_number_is_found_before_its_text_is_written(api: Client, seed: Seed, in_tenant: Tenant) -> None:
    client = await api("admin")
    await _made(client, seed, name="Fresh", phones=[{"number": "602999888"}])
    async with workspace() as here:
        await here.execute("delete from contact_texts")
    for q in ("602999888", "48602999888", "602 999 8"):
        assert await _names(client, q=q) == ["Fresh"]
    assert await _names(client, q="fresh") == []


async def test_a_total_is_exact_or_says_that_there_are_more(
    api: Client, page_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await api("admin")
    assert (await client.get("/contacts/total")).json() == {"count": 5, "exact": True}
    assert (await client.get("/contacts/total", params={"q": "kowalski 3"})).json() == {"count": 1, "exact": True}
    monkeypatch.setattr("tenants.contacts.totals.COUNTED", 2)
    pages = await page_client("admin")
    assert "More than" in (await pages.get("/contacts/total")).text
    assert "1 contact" in (await pages.get("/contacts/total", params={"q": "kowalski 3"})).text


async def test_a_search_is_saved_shared_renamed_and_deleted(api: Client, seed: Seed) -> None:
    mine, theirs = await api("operator"), await api("supervisor")
    saved = (await mine.post("/searches", json={"name": "Poland", "filter": {"group": "Poland", "q": "jan"}})).json()
    assert [one["name"] for one in (await mine.get("/searches")).json()["items"]] == ["Poland"]
    assert (await theirs.get("/searches")).json()["items"] == []
    assert (await theirs.get(f"/searches/{saved['id']}")).status_code == 404
    await mine.patch(f"/searches/{saved['id']}", json={"name": "Polska", "shared": True})
    [shared] = (await theirs.get("/searches")).json()["items"]
    assert (shared["name"], shared["mine"], shared["filter"]) == ("Polska", False, {"group": "Poland", "q": "jan"})
    assert len(await _names(theirs, **shared["filter"])) == 4
    assert (await theirs.patch(f"/searches/{saved['id']}", json={"name": "x"})).status_code == 404
    assert (await theirs.delete(f"/searches/{saved['id']}")).status_code == 404
    assert (await mine.delete(f"/searches/{saved['id']}")).status_code == 204


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " ", "filter": {"q": "jan"}}, "name"),
        ({"name": "Empty", "filter": {}}, "filter"),
        ({"name": "Foreign", "filter": {"limit": "5"}}, "filter"),
    ],
)
async def test_a_search_that_cannot_be_saved_says_why(api: Client, fields: dict[str, Any], wrong: str) -> None:
    refused = await (await api("operator")).post("/searches", json=fields)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, wrong)


async def test_a_user_chooses_columns_their_order_and_the_rows_of_a_page(page_client: Client, seed: Seed) -> None:
    client = await page_client("operator")
    chosen = {"view": "contacts", "columns": ["external_id", "name"], "rows": "25", "back": "/contacts?q=jan"}
    answer = await client.post("/contacts/columns", data=chosen)
    assert (answer.status_code, answer.headers["location"]) == (303, "/contacts?q=jan")
    text = (await client.get("/contacts")).text
    assert "crm-3" in text
    table = text[text.index("<thead>") :]
    assert table.index("Your own ID") < table.index("Name") < table.index("</thead>")
    assert "jan3@example.com" not in text
    assert "crm-3" not in (await (await page_client("admin")).get("/contacts")).text


async def test_a_saved_search_stands_over_the_list_and_filters_can_be_taken_away(
    page_client: Client, seed: Seed
) -> None:
    client = await page_client("operator")
    await client.post("/searches", data={"name": "Polish new", "group": "Poland", "status": "new", "sort": "name"})
    text = (await client.get("/contacts", params={"group": "Poland", "status": "new"})).text
    assert "Polish new" in text
    assert 'href="/contacts?status=new&amp;sort=-modified"' in text
    assert "Polish new" in (await client.get("/searches")).text
