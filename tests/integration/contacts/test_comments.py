"""Comments on a contact's card: written, changed by their author, deleted by the author or an administrator."""

from typing import Any

from tests.conftest import Client
from tests.support.lookalikes import Seed


async def written(client: Any, seed: Seed, text: str, n: int = 2) -> Any:
    answer = await client.post(f"/contacts/{seed.id('contact', n)}/comments", json={"text": text})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_newest_comment_comes_first_with_its_author(api: Client, seed: Seed) -> None:
    await written(await api("operator"), seed, "First")
    await written(await api("admin"), seed, " Second\nline ")
    found = (await (await api("operator")).get(f"/contacts/{seed.id('contact', 2)}/comments")).json()["items"]
    assert [(one["text"], one["author"]) for one in found] == [
        ("Second\nline", "Anna Admin"),
        ("First", "Anna Operator"),
    ]


async def test_comments_come_in_pages(api: Client, seed: Seed) -> None:
    client = await api("operator")
    for n in range(5):
        await written(client, seed, f"Comment {n}")
    path, texts, cursor = f"/contacts/{seed.id('contact', 2)}/comments", [], None
    while True:
        answer = (await client.get(path, params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        texts += [one["text"] for one in answer["items"]]
        if (cursor := answer["next_cursor"]) is None:
            break
    assert texts == [f"Comment {n}" for n in (4, 3, 2, 1, 0)]


async def test_only_its_author_changes_a_comment(api: Client, seed: Seed) -> None:
    made = await written(await api("operator"), seed, "Mine")
    path = f"/contacts/{seed.id('contact', 2)}/comments/{made['id']}"
    assert (await (await api("admin")).patch(path, json={"text": "Yours"})).status_code == 403
    changed = (await (await api("operator")).patch(path, json={"text": "Still mine"})).json()
    assert changed["text"] == "Still mine"
    assert changed["changed_at"] is not None


async def test_a_comment_is_deleted_by_its_author_or_an_administrator(api: Client, seed: Seed) -> None:
    for role, status in (("supervisor", 403), ("operator", 204), ("admin", 204)):
        made = await written(await api("operator"), seed, "Mine")
        path = f"/contacts/{seed.id('contact', 2)}/comments/{made['id']}"
        assert (await (await api(role)).delete(path)).status_code == status


async def test_an_empty_or_endless_comment_is_refused(api: Client, seed: Seed) -> None:
    client = await api("operator")
    for text in (" \n ", "x" * 5001):
        answer = await client.post(f"/contacts/{seed.id('contact')}/comments", json={"text": text})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "text"


async def test_a_comment_belongs_to_its_contact_only(api: Client, seed: Seed) -> None:
    client = await api("operator")
    path = f"/contacts/{seed.id('contact', 2)}/comments/{seed.id('comment')}"
    assert (await client.delete(path)).status_code == 404


async def test_comments_go_with_their_contact(api: Client, seed: Seed) -> None:
    client = await api("admin")
    assert (await client.delete(f"/contacts/{seed.id('contact')}")).status_code == 204
    assert (await client.get(f"/contacts/{seed.id('contact')}/comments")).status_code == 404
