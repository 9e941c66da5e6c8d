"""A POST of the API that is sent again under its key is carried out once."""

import asyncio

import httpx
import pytest

from ringyard.web.api import agents as agents_api
from tests.conftest import Client

KEY = {"Idempotency-Key": "key-1"}
NEW = {"name": "Nowa", "login": "nowa"}


async def _named(client: httpx.AsyncClient, name: str) -> int:
    found = (await client.get("/agents", params={"q": name})).json()["items"]
    return len(found)


async def test_the_first_answer_is_given_again(api: Client) -> None:
    client = await api("admin")
    first = await client.post("/agents", json=NEW, headers=KEY)
    again = await client.post("/agents", json=NEW, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert await _named(client, "nowa") == 1


async def test_another_body_under_the_same_key_is_refused(api: Client) -> None:
    client = await api("admin")
    await client.post("/agents", json=NEW, headers=KEY)
    answer = await client.post("/agents", json={**NEW, "login": "inna"}, headers=KEY)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/idempotency-key-reused"


async def test_twins_at_the_same_moment_do_the_work_once(api: Client) -> None:
    client = await api("admin")
    answers = await asyncio.gather(*(client.post("/bases", json={"name": "Twins"}, headers=KEY) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1


async def test_a_refused_request_may_be_mended_and_sent_under_its_key(api: Client) -> None:
    client = await api("admin")
    assert (await client.post("/agents", json={**NEW, "name": ""}, headers=KEY)).status_code == 422
    assert (await client.post("/agents", json=NEW, headers=KEY)).status_code == 201


async def test_work_that_crashed_leaves_neither_row_nor_answer(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await api("admin")

    def crash(_: object) -> None:
        raise RuntimeError("killed after the insert")

    with monkeypatch.context() as broken:
        broken.setattr(agents_api, "out", crash)
        assert (await client.post("/agents", json=NEW, headers=KEY)).status_code == 500
    assert await _named(client, "nowa") == 0
    assert (await client.post("/agents", json=NEW, headers=KEY)).status_code == 201


async def test_keys_belong_to_a_user(api: Client) -> None:
    admin, developer = await api("admin"), await api("developer")
    await admin.post("/bases", json={"name": "One"}, headers=KEY)
    assert (await developer.post("/bases", json={"name": "Two"}, headers=KEY)).status_code == 201


async def test_a_key_that_is_too_long_is_refused(api: Client) -> None:
    client = await api("admin")
    assert (await client.post("/agents", json=NEW, headers={"Idempotency-Key": "k" * 256})).status_code == 422


async def test_the_key_of_a_refused_request_is_not_taken_for_the_next_one(api: Client) -> None:
    """Also in the same context, where a server may carry out requests that follow each other on a connection."""
    client = await api("admin")
    assert (await client.post("/bases", json={}, headers=KEY)).status_code == 422
    assert (await client.get("/bases")).status_code == 200
    assert (await client.post("/bases", json={"name": "Mended"}, headers=KEY)).status_code == 201
