"""The telephony screens: they open for those who may see them, keep what was typed, and stay alive by a stream."""

from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

SCREENS = [
    "/",
    "/campaigns",
    "/campaigns/new",
    "/scenarios",
    "/scenarios/new",
    "/trunks",
    "/trunks/new",
    "/audio",
    "/calls",
]


@pytest.mark.parametrize("path", SCREENS)
async def test_a_screen_opens_for_an_admin_and_asks_a_visitor_to_sign_in(
    page_client: Client, visitor: Client, path: str
) -> None:
    assert (await (await page_client("admin")).get(path)).status_code == 200
    assert (await (await visitor()).get(path)).headers["location"].startswith("/login")


@pytest.mark.parametrize(
    "path", ["campaigns/{campaign}", "campaigns/{campaign}/edit", "scenarios/{scenario}", "trunks/{trunk}"]
)
async def test_a_page_of_one_thing_opens_at_home_and_nowhere_else(
    page_client: Client, seed: Seed, other_seed: Seed, path: str
) -> None:
    client = await page_client("admin")
    kinds = ("campaign", "scenario", "trunk")
    assert (await client.get("/" + path.format(**{kind: seed.id(kind) for kind in kinds}))).status_code == 200
    assert (await client.get("/" + path.format(**{kind: other_seed.id(kind) for kind in kinds}))).status_code == 404


async def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong(page_client: Client) -> None:
    typed = {
        "name": "Late shift", "starts_at": "25:00", "ends_at": "18:00", "redials": "many", "redial_after_min": "60",
        "calls_per_day": "3", "days_to_call": "3", "period_days": "1", "ring_timeout_s": "30",
        "destination_kind": "record", "target_record": "default", "weekdays": ["1", "2"],
    }  # fmt: skip
    client = await page_client("admin")
    unreadable = await client.post("/scenarios/new", data=typed)
    assert unreadable.status_code == 422
    assert "Late shift" in unreadable.text
    assert "Write a whole number." in unreadable.text
    refused = await client.post("/scenarios/new", data={**typed, "redials": "1"})
    assert "Write the time as HH:MM" in refused.text
    saved = await client.post("/scenarios/new", data={**typed, "redials": "1", "starts_at": "12:00"})
    assert saved.headers["location"] == "/scenarios"
    assert "Late shift" in (await client.get("/scenarios")).text


async def test_a_campaign_is_made_started_and_paused_on_its_pages(
    page_client: Client, seed: Seed, jobs: Recorder
) -> None:
    client = await page_client("admin")
    typed = {"name": "By hand", "base_id": str(seed.id("base")), "scenario_id": str(seed.id("scenario")),
             "trunk_id": str(seed.id("trunk")), "mode": "broadcast", "max_channels": "5", "max_cps": "1"}  # fmt: skip
    at = (await client.post("/campaigns/new", data=typed)).headers["location"]
    assert "Start" in (await client.get(at)).text
    assert (await client.post(f"{at}/start")).headers["location"] == at
    assert "Pause" in (await client.get(at)).text
    await client.post(f"{at}/pause")
    assert "Resume" in (await client.get(at)).text
    assert (await client.post(f"{at}/explode")).status_code == 422
    assert "dial" in jobs.names()


async def test_an_edited_trunk_keeps_the_password_that_was_not_typed(page_client: Client, api: Client) -> None:
    fields = {"name": "R", "kind": "register", "host": "sip.example.com", "username": "me", "password": "hush-hush"}
    made = (await (await api("admin")).post("/trunks", json=fields)).json()
    client = await page_client("admin")
    typed = {"name": "Renamed", "kind": "register", "host": "sip.example.com", "port": "5060", "username": "me",
             "password": "", "max_channels": "9", "max_cps": "1", "caller_id": ""}  # fmt: skip
    assert (await client.post(f"/trunks/{made['id']}", data=typed)).status_code == 303
    shown = await client.get(f"/trunks/{made['id']}")
    assert "Renamed" in shown.text
    assert "hush-hush" not in shown.text


async def test_an_operators_dashboard_leaves_campaigns_out(page_client: Client) -> None:
    client = await page_client("operator")
    assert "/campaigns/" not in (await client.get("/")).text
    assert (await client.get("/campaigns")).status_code == 403


async def test_the_live_stream_tells_of_a_change_and_belongs_to_its_session(
    page_client: Client, visitor: Client, seed: Seed, other_seed: Seed, live_server: AbstractAsyncContextManager[str]
) -> None:
    client = await page_client("admin")
    host = {
        "Host": client.base_url.netloc.decode(),
        "Cookie": "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar),
    }
    async with live_server as url, httpx.AsyncClient(base_url=url, timeout=20) as browser:
        stranger = await browser.get("/live", headers={"Host": host["Host"]})
        assert stranger.status_code in (302, 303, 307, 401)
        foreign = await browser.get(f"/campaigns/{other_seed.id('campaign')}/live", headers=host)
        assert foreign.status_code == 404
        async with browser.stream("GET", f"/campaigns/{seed.id('campaign')}/live", headers=host) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert stream.headers["x-accel-buffering"] == "no"
            lines = stream.aiter_lines()
            await _read_until(lines, "Paused")
            await client.post(f"/campaigns/{seed.id('campaign')}/resume")
            await _read_until(lines, "Running")
            await client.post("/logout")
            async for _line in lines:
                """The stream ends with the session, else this waits until the time-out."""


async def _read_until(lines: object, words: str) -> None:
    async for line in lines:  # type: ignore[attr-defined]
        if words in line:
            return
    raise AssertionError(f"the stream ended before it told of {words!r}")
