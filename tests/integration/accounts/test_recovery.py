"""Forgotten passwords and invitations: a link by mail, once, for a while."""

import httpx

from ringyard.kit.settings import Settings
from tests.conftest import Client
from tests.support.lookalikes import PASSWORD, Seed
from tests.support.mails import link_in, mails
from tests.support.web import sign_in

NEW = "a quite new password"


async def _asked(visitor: Client, settings: Settings, login: str) -> str:
    await (await visitor()).post("/forgotten", data={"login": login})
    return httpx.URL(link_in(mails(settings)[-1])).path


async def test_the_link_sets_a_new_password_and_signs_in(visitor: Client, settings: Settings, seed: Seed) -> None:
    link = await _asked(visitor, settings, seed.email("admin"))
    client = await visitor()
    assert (await client.get(link)).status_code == 200
    assert (await client.post(link, data={"password": NEW})).headers["location"] == "/"
    assert (await client.get("/profile")).status_code == 200
    await sign_in(await visitor(), seed.email("admin"), NEW)


async def test_the_old_password_and_old_sessions_are_over(
    visitor: Client, page_client: Client, settings: Settings, seed: Seed
) -> None:
    before = await page_client("admin")
    link = await _asked(visitor, settings, seed.email("admin"))
    await (await visitor()).post(link, data={"password": NEW})
    assert (await before.get("/profile")).status_code == 303
    refused = await (await visitor()).post("/login", data={"login": seed.email("admin"), "password": PASSWORD})
    assert refused.status_code == 422


async def test_the_link_works_once_and_ends_the_others(visitor: Client, settings: Settings, seed: Seed) -> None:
    first, second = [await _asked(visitor, settings, seed.email("admin")) for _ in range(2)]
    client = await visitor()
    await client.post(first, data={"password": NEW})
    for link in (first, second):
        assert (await client.post(link, data={"password": "yet another password"})).status_code == 404


async def test_a_link_of_one_workspace_is_unknown_in_another(visitor: Client, settings: Settings, seed: Seed) -> None:
    link = await _asked(visitor, settings, seed.email("admin"))
    assert (await (await visitor("other")).get(link)).status_code == 404


async def test_the_answer_does_not_tell_whether_the_login_exists(
    visitor: Client, settings: Settings, seed: Seed
) -> None:
    client = await visitor()
    known = await client.post("/forgotten", data={"login": seed.email("admin")})
    sent = len(mails(settings))
    unknown = await client.post("/forgotten", data={"login": "nobody@example.com"})
    assert known.status_code == unknown.status_code == 200
    assert len(known.text) == len(unknown.text)
    assert len(mails(settings)) == sent


async def test_a_short_password_is_refused_and_the_link_still_works(
    visitor: Client, settings: Settings, seed: Seed
) -> None:
    link = await _asked(visitor, settings, seed.email("admin"))
    client = await visitor()
    assert (await client.post(link, data={"password": "short"})).status_code == 422
    assert (await client.post(link, data={"password": NEW})).status_code == 303


async def test_asking_is_limited(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    answers = [await client.post("/forgotten", data={"login": seed.email("admin")}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_an_invited_agent_sets_the_password_by_the_mailed_link(
    page_client: Client, visitor: Client, settings: Settings
) -> None:
    admin = await page_client("admin")
    form = {"name": "Nowa Osoba", "login": "nowa@example.com", "role": "operator", "extension": "", "password": ""}
    assert (await admin.post("/agents", data=form)).status_code == 303
    link = httpx.URL(link_in(mails(settings)[-1])).path
    client = await visitor()
    assert (await client.post(link, data={"password": NEW})).status_code == 303
    assert "Nowa Osoba" in (await client.get("/profile")).text


async def test_an_invited_agent_without_e_mail_needs_a_password(page_client: Client) -> None:
    admin = await page_client("admin")
    form = {"name": "Nowa", "login": "nowa", "role": "operator", "extension": "", "password": ""}
    answer = await admin.post("/agents", data=form)
    assert answer.status_code == 422
    assert 'id="e-password"' in answer.text
