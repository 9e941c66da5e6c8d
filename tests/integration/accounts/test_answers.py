"""What every answer of the site has in common: headers, errors in the client's form, tokens."""

import re

import httpx
import pytest

from tenants.agents import service as agents
from tests.conftest import Client


def _policy(answer: httpx.Response) -> str:
    return answer.headers["content-security-policy"]


async def test_pages_allow_no_inline_script_or_style(page_client: Client) -> None:
    client = await page_client("admin")
    answers = [
        await client.get(path) for path in ("/", "/agents", "/profile", "/settings/tokens", "/login", "/nothing")
    ]
    for answer in answers:
        assert "unsafe" not in _policy(answer)
        assert not re.search(
            r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\s(src|type=\"application/json\"))", answer.text
        )


async def test_the_nonce_is_a_new_one_each_time(visitor: Client) -> None:
    client = await visitor()
    first, second = [_policy(await client.get("/login")) for _ in range(2)]
    assert first != second


async def test_a_crash_is_answered_without_its_inside(
    api: Client, page_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(agents, "list_agents", crash)
    told = await (await api("admin")).get("/agents")
    assert told.status_code == 500
    assert told.json()["type"] == "/problems/internal-error"
    shown = await (await page_client("admin")).get("/agents")
    assert shown.status_code == 500
    assert "secret detail" not in told.text + shown.text


async def test_an_error_for_htmx_is_a_toast(page_client: Client) -> None:
    client = await page_client("admin")
    answer = await client.get("/agents?cursor=nonsense", headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#toasts"
    assert "data-toast" in answer.text


async def test_htmx_without_a_session_is_sent_to_the_sign_in_page(visitor: Client) -> None:
    answer = await (await visitor()).get("/agents", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/login"


@pytest.mark.parametrize("header", ["Bearer ry_unknown", "Bearer", "Basic YTpi", "ry_acme_admin", ""])
async def test_a_bad_token_is_401_with_a_challenge(visitor: Client, header: str) -> None:
    answer = await (await visitor()).get("/api/v1/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_body_that_is_no_json_is_400(api: Client) -> None:
    client = await api("admin")
    answer = await client.post("/agents", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_token_made_on_the_page_is_shown_once_and_dies_when_revoked(
    page_client: Client, visitor: Client
) -> None:
    client = await page_client("operator")
    made = await client.post("/settings/tokens", data={"name": "Web shop"})
    secret = re.search(r"ry_[\w-]+", made.text)
    assert secret
    headers = {"Authorization": f"Bearer {secret[0]}"}
    program = await visitor()
    assert (await program.get("/api/v1/me", headers=headers)).json()["role"] == "operator"
    shown = await client.get("/settings/tokens")
    assert secret[0] not in shown.text
    paths = re.findall(r"/settings/tokens/[\w-]+/revoke", shown.text)
    for path in paths:
        await client.post(path)
    assert (await program.get("/api/v1/me", headers=headers)).status_code == 401


async def test_what_is_typed_is_shown_as_text_and_never_as_markup(page_client: Client) -> None:
    client = await page_client("admin")
    await client.post("/profile", data={"name": "<script>alert(1)</script>"})
    answer = await client.get("/profile")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
