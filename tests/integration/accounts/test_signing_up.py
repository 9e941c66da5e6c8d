"""A customer signs up at the apex and lands signed in on an own workspace."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from ringyard.accounts import signing_up
from ringyard.kit.db import core
from ringyard.kit.settings import Settings
from tenants import registry
from tests.conftest import Client
from tests.support.mails import link_in, mails

FORM = {
    "full_name": "Jan Lis",
    "company": "Lis Solar",
    "slug": "lis-solar",
    "email": "jan@lis.example",
    "country": "PL",
    "password": "a long enough password",
}


async def _mailed_link(visitor: Client, settings: Settings, **changes: str) -> str:
    client = await visitor(None)
    answer = await client.post("/signup", data=FORM | changes)
    assert answer.status_code == 200, answer.text
    return link_in(mails(settings)[-1])


def _address_in(page: str) -> str:
    found = re.search(r'href="(http[^"]*/handover/[^"]+)"', page)
    assert found, page
    return found[1]


async def _enter(visitor: Client, address: str) -> httpx.AsyncClient:
    client: httpx.AsyncClient = await visitor("lis-solar")
    answer = await client.get(httpx.URL(address).path)
    assert answer.headers["location"] == "/"
    return client


async def test_a_confirmed_customer_lands_signed_in_on_the_own_subdomain(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    apex = await visitor(None)
    assert "Lis Solar" in (await apex.get(link)).text
    client = await _enter(visitor, _address_in((await apex.post(link)).text))
    page = await client.get("/profile")
    assert page.status_code == 200
    assert "jan@lis.example" in page.text


async def test_the_new_workspace_has_an_administrator_outcomes_and_both_services(
    visitor: Client, settings: Settings
) -> None:
    link = await _mailed_link(visitor, settings)
    client = await _enter(visitor, _address_in((await (await visitor(None)).post(link)).text))
    me = (await client.get("/api/v1/me")).json()
    assert me["role"] == "admin"
    assert me["services"] == ["crm", "dialer"]
    outcomes = (await client.get("/api/v1/outcomes")).json()["items"]
    assert {outcome["kind"] for outcome in outcomes} >= {"success", "callback", "bad_number", "do_not_call"}


async def test_opening_the_link_makes_nothing_yet(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    await (await visitor(None)).get(link)
    assert await registry.by_slug("lis-solar") is None


async def test_the_hand_over_works_once(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    address = _address_in((await (await visitor(None)).post(link)).text)
    await _enter(visitor, address)
    again = await (await visitor("lis-solar")).get(httpx.URL(address).path)
    assert again.headers["location"] == "/login"


async def test_the_hand_over_is_worthless_in_another_workspace(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    address = _address_in((await (await visitor(None)).post(link)).text)
    answer = await (await visitor("acme")).get(httpx.URL(address).path)
    assert answer.headers["location"] == "/login"


async def test_a_link_used_again_leads_to_the_sign_in_page_only(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    apex = await visitor(None)
    await apex.post(link)
    again = await apex.post(link)
    assert "/handover/" not in again.text
    assert "/login" in again.text


async def test_two_set_ups_at_once_make_one_workspace_and_one_hand_over(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    apex = await visitor(None)
    answers = await asyncio.gather(*(apex.post(link) for _ in range(3)))
    assert sum("/handover/" in answer.text for answer in answers) == 1
    assert {answer.status_code for answer in answers} == {200}


async def test_a_set_up_that_died_half_way_is_finished_by_the_next_visit(
    visitor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = await _mailed_link(visitor, settings)
    apex = await visitor(None)

    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(signing_up, "furnish", dies)
        assert (await apex.post(link)).status_code == 500
    assert (await (await visitor("lis-solar")).get("/login")).status_code == 404
    assert "/handover/" in (await apex.post(link)).text


async def test_a_subdomain_taken_meanwhile_is_said_so(visitor: Client, settings: Settings) -> None:
    first, second = (
        await _mailed_link(visitor, settings),
        await _mailed_link(visitor, settings, email="ewa@lis.example"),
    )
    apex = await visitor(None)
    await apex.post(first)
    answer = await apex.post(second)
    assert answer.status_code == 409
    assert "took this address" in answer.text


async def test_an_unknown_link_is_a_404_page(visitor: Client) -> None:
    answer = await (await visitor(None)).get("/signup/confirm/nonsense")
    assert answer.status_code == 404


async def test_every_wrong_field_is_told_beside_it_and_what_was_typed_is_kept(visitor: Client) -> None:
    client = await visitor(None)
    wrong = {**FORM, "email": "jan", "country": "XX", "slug": "-x-", "password": "short", "company": ""}
    answer = await client.post("/signup", data=wrong)
    assert answer.status_code == 422
    for name in ("email", "country", "slug", "password", "company"):
        assert f'id="e-{name}"' in answer.text
        assert re.search(rf'id="f-{name}"[^>]*aria-invalid="true"', answer.text)
    assert 'value="Jan Lis"' in answer.text
    assert "short" not in answer.text.replace("shortcut", "")


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("acme", "taken"),
        ("admin", "reserved"),
        ("ab", "3 to 30"),
        ("a" * 31, "3 to 30"),
        ("a_b", "letters"),
        ("new-co", "free"),
    ],
)
async def test_the_form_says_at_once_whether_a_subdomain_can_be_had(visitor: Client, slug: str, said: str) -> None:
    answer = await (await visitor(None)).get("/signup/address", params={"slug": slug})
    assert said in answer.text


async def test_neither_token_nor_password_lies_in_the_database(visitor: Client, settings: Settings) -> None:
    link = await _mailed_link(visitor, settings)
    async with core() as connection:
        row = await connection.fetchrow("select signups::text as line from core.signups signups")
    assert row is not None
    assert FORM["password"] not in row["line"]
    assert Path(link).name not in row["line"]


async def test_the_mailbox_shows_the_link_in_development_only(
    visitor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = await _mailed_link(visitor, settings)
    client = await visitor(None)
    listed = await client.get("/mailbox")
    found = re.search(r'href="(/mailbox/[^"]+)"', listed.text)
    assert found
    assert link in (await client.get(found[1])).text
    assert (await client.get("/mailbox/..%2F..%2Fetc%2Fpasswd")).status_code == 404
    monkeypatch.setattr(
        "ringyard.web.pages.mailbox.settings", lambda: settings.model_copy(update={"environment": "production"})
    )
    assert (await client.get("/mailbox")).status_code == 404
