"""Signing in with login and password, the session that comes of it, and its end."""

import asyncio

import httpx
import pytest

from ringyard.kit.cache import cache
from tenants.context import Tenant
from tests.conftest import Client
from tests.support.lookalikes import PASSWORD, Seed
from tests.support.web import sign_in

WRONG = "Login or password is wrong."


async def _try(client: httpx.AsyncClient, login: str, password: str = PASSWORD[::-1]) -> httpx.Response:
    return await client.post("/login", data={"login": login, "password": password})


def _only(client: httpx.AsyncClient, token: str) -> None:
    client.cookies.clear()
    client.cookies.set("ringyard", token)


async def test_a_wrong_pair_gives_the_same_answer_whether_the_login_exists(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    answers = [await _try(client, login) for login in (seed.email("admin"), "nobody@example.com", "")]
    assert {answer.status_code for answer in answers} == {422}
    assert all(WRONG in answer.text and "set-cookie" not in answer.headers for answer in answers)


async def test_the_login_does_not_mind_the_letters_case(visitor: Client, seed: Seed) -> None:
    await sign_in(await visitor(), seed.email("admin").upper(), PASSWORD)


async def test_ten_wrong_tries_close_the_door_also_for_the_right_password(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    login = seed.email("admin")
    answers = [await _try(client, login) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {422}
    assert (await _try(client, login, PASSWORD)).status_code == 429
    assert (await _try(client, seed.email("operator"), PASSWORD)).status_code == 303


async def test_tries_at_the_same_moment_are_counted_one_by_one(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    answers = await asyncio.gather(*(_try(client, seed.email("admin")) for _ in range(16)))
    assert sorted(answer.status_code for answer in answers) == [422] * 10 + [429] * 6


async def test_tries_in_one_workspace_do_not_close_another(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    for _ in range(11):
        await _try(client, seed.email("admin"))
    await sign_in(await visitor("other"), seed.email("admin"), PASSWORD)


async def test_a_session_id_that_we_did_not_make_is_never_honoured(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    client.cookies.set("ringyard", "chosen-by-an-attacker")
    assert (await client.get("/profile")).headers["location"].startswith("/login")
    await sign_in(client, seed.email("admin"), PASSWORD)
    assert "chosen-by-an-attacker" not in {cookie.value for cookie in client.cookies.jar if cookie.domain}
    _only(client, "chosen-by-an-attacker")
    assert (await client.get("/profile")).status_code == 303


async def test_signing_in_again_makes_a_new_session_and_ends_the_old_one(page_client: Client, seed: Seed) -> None:
    client = await page_client("admin")
    old = client.cookies["ringyard"]
    await sign_in(client, seed.email("admin"), PASSWORD)
    assert client.cookies["ringyard"] != old
    _only(client, old)
    assert (await client.get("/profile")).status_code == 303


async def test_nothing_is_stored_for_a_visitor(visitor: Client, tenant: Tenant) -> None:
    answer = await (await visitor()).get("/login")
    assert "set-cookie" not in answer.headers
    assert [key async for key in cache().scan_iter(f"{tenant.schema}:session:*")] == []


async def test_the_cookie_is_for_this_host_only_and_out_of_reach_of_scripts(visitor: Client, seed: Seed) -> None:
    answer = await _try(await visitor(), seed.email("admin"), PASSWORD)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "domain" not in cookie


async def test_a_session_ends_with_signing_out_also_for_a_copied_cookie(page_client: Client) -> None:
    client = await page_client("admin")
    copied = client.cookies["ringyard"]
    assert (await client.post("/logout")).headers["location"] == "/login"
    _only(client, copied)
    assert (await client.get("/profile")).headers["location"].startswith("/login")


async def test_deactivating_a_user_ends_sessions_and_tokens_at_once(
    page_client: Client, api: Client, seed: Seed
) -> None:
    theirs, program = await page_client("operator"), await api("operator")
    admin = await api("admin")
    changed = await admin.patch(f"/agents/{seed.id('user', 'operator')}", json={"active": False})
    assert changed.status_code == 200
    assert (await theirs.get("/profile")).headers["location"].startswith("/login")
    assert (await program.get("/me")).status_code == 401


async def test_a_new_password_ends_the_other_sessions_of_the_user(page_client: Client) -> None:
    one, two = await page_client("admin"), await page_client("admin")
    form = {"current": PASSWORD, "password": "another long password"}
    assert (await one.post("/profile/password", data=form)).status_code == 303
    assert (await one.get("/profile")).status_code == 200
    assert (await two.get("/profile")).headers["location"].startswith("/login")


async def test_a_password_is_not_changed_without_the_present_one(page_client: Client) -> None:
    client = await page_client("admin")
    answer = await client.post("/profile/password", data={"current": "guess", "password": "another long password"})
    assert answer.status_code == 422
    assert "not your present password" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.ringyard.localhost:8000"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_a_form_on_a_foreign_page_changes_nothing(page_client: Client, headers: dict[str, str]) -> None:
    client = await page_client("admin")
    answer = await client.post("/profile", data={"name": "Mallory"}, headers=headers)
    assert answer.status_code == 403
    assert "Mallory" not in (await client.get("/profile")).text


async def test_whoever_was_on_the_way_to_a_page_gets_there_after_signing_in(visitor: Client, seed: Seed) -> None:
    client = await visitor()
    asked = await client.get("/agents?q=anna")
    assert asked.headers["location"] == "/login?next=%2Fagents%3Fq%3Danna"
    form = {"login": seed.email("admin"), "password": PASSWORD, "next": "/agents?q=anna"}
    assert (await client.post("/login", data=form)).headers["location"] == "/agents?q=anna"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\t/evil.example"]
)
async def test_signing_in_leads_nowhere_else(visitor: Client, seed: Seed, target: str) -> None:
    form = {"login": seed.email("admin"), "password": PASSWORD, "next": target}
    assert (await (await visitor()).post("/login", data=form)).headers["location"] == "/"
