"""The calls report: by the API, on its page, as a file."""

import csv
import io
from typing import Any

import pytest

from ringyard.kit.phone import spaced
from tests.conftest import Client
from tests.support.lookalikes import NUMBERS, Seed


async def test_calls_are_listed_newest_first_with_the_fields_of_the_contract(api: Client, seed: Seed) -> None:
    calls = (await (await api("operator")).get("/calls")).json()["items"]
    assert [call["number"] for call in calls] == list(NUMBERS[2::-1])
    answered = calls[-1]
    assert (answered["result"], answered["talk_s"], answered["billed_s"]) == ("answered", 20.0, 20)
    assert answered["cost"] == {"amount": "0.0000", "currency": "EUR"}
    assert answered["recording_id"] == str(seed.id("recording"))
    assert answered["answered_at"] == "2026-11-02T09:01:05Z"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"result": "busy"}, 1),
        ({"result": "lost"}, 0),
        ({"direction": "inbound"}, 0),
        ({"from": "2026-11-02T09:02:00Z"}, 2),
        ({"to": "2026-11-02T09:02:00Z"}, 1),
        ({"from": "2026-11-02T10:02:00+01:00", "to": "2026-11-02T09:03:00Z"}, 1),
    ],
)
async def test_filters_leave_what_matches(api: Client, wanted: dict[str, str], found: int) -> None:
    answer = await (await api("admin")).get("/calls", params=wanted)
    assert len(answer.json()["items"]) == found, answer.text


async def test_calls_of_one_contact_campaign_or_base(api: Client, seed: Seed, other_seed: Seed) -> None:
    client = await api("admin")

    async def found(**wanted: Any) -> int:
        return len((await client.get("/calls", params=wanted)).json()["items"])

    assert await found(contact_id=seed.id("contact", 1)) == 1
    assert await found(campaign_id=seed.id("campaign")) == 3
    assert await found(base_id=seed.id("base", 1)) == 3
    assert await found(base_id=seed.id("base", 2)) == 0
    assert await found(campaign_id=other_seed.id("campaign")) == 0


async def test_pages_follow_each_other_without_gap_or_repeat(api: Client) -> None:
    client, seen, cursor = await api("admin"), [], None
    for _page in range(3):
        answer = (await client.get("/calls", params={"limit": 1, **({"cursor": cursor} if cursor else {})})).json()
        seen += [call["number"] for call in answer["items"]]
        cursor = answer["next_cursor"]
    assert (seen, cursor) == (list(NUMBERS[2::-1]), None)


async def test_a_cursor_we_did_not_make_is_refused(api: Client) -> None:
    assert (await (await api("admin")).get("/calls?cursor=abc")).status_code == 422


async def test_the_file_holds_what_the_page_shows(page_client: Client) -> None:
    client = await page_client("admin")
    page = await client.get("/calls?result=busy")
    assert spaced(NUMBERS[1]) in page.text
    assert spaced(NUMBERS[0]) not in page.text
    file = await client.get("/calls/export?result=busy")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["Number"], row["Result"], row["Campaign"]) for row in rows] == [(NUMBERS[1], "busy", "Autumn")]


async def test_days_on_the_page_are_days_of_the_workspaces_clock(page_client: Client) -> None:
    client = await page_client("admin")
    assert spaced(NUMBERS[0]) in (await client.get("/calls?from=2026-11-02&to=2026-11-02")).text
    assert spaced(NUMBERS[0]) not in (await client.get("/calls?from=2026-11-03")).text
    assert (await client.get("/calls?from=nonsense&base_id=x&to=9999-12-31&result=odd")).status_code == 200
