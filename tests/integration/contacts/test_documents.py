"""Files of a contact: sent up, saved by whoever may see the contact, never shown by the browser."""

from typing import Any

from ringyard.kit.settings import Settings
from tests.conftest import Client
from tests.support.lookalikes import Seed


async def sent(client: Any, seed: Seed, name: str, data: bytes, kind: str = "application/pdf", n: int = 2) -> Any:
    return await client.post(f"/contacts/{seed.id('contact', n)}/documents", files={"file": (name, data, kind)})


def stored(settings: Settings) -> list[str]:
    return [path.name for path in (settings.home / "objects").rglob("*") if path.is_file()]


async def test_a_file_comes_back_as_it_was_and_only_to_be_saved(api: Client, seed: Seed) -> None:
    client = await api("operator")
    page = b"<script>alert(1)</script>"
    made = (await sent(client, seed, "umowa ząb.html", page, "text/html")).json()
    assert (made["name"], made["size"], made["content_type"]) == ("umowa ząb.html", len(page), "text/html")
    answer = await client.get(f"/contacts/{seed.id('contact', 2)}/documents/{made['id']}/file")
    assert answer.content == page
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_name_s_path_is_left_out(api: Client, seed: Seed) -> None:
    made = (await sent(await api("operator"), seed, "..\\..\\etc\\passwd", b"x")).json()
    assert made["name"] == "passwd"


async def test_more_than_twenty_megabytes_are_refused_and_not_kept(api: Client, seed: Seed, settings: Settings) -> None:
    answer = await sent(await api("operator"), seed, "big.bin", bytes(20 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert stored(settings) == []


async def test_a_file_for_nobody_is_not_kept(api: Client, seed: Seed, other_seed: Seed, settings: Settings) -> None:
    assert (await sent(await api("operator"), other_seed, "a.pdf", b"x")).status_code == 404
    assert stored(settings) == []


async def test_a_deleted_file_leaves_the_store(api: Client, seed: Seed, settings: Settings) -> None:
    client = await api("operator")
    made = (await sent(client, seed, "a.pdf", b"x")).json()
    assert len(stored(settings)) == 1
    path = f"/contacts/{seed.id('contact', 2)}/documents/{made['id']}"
    assert (await client.delete(path)).status_code == 204
    assert stored(settings) == []
    assert (await client.get(f"{path}/file")).status_code == 404


async def test_files_go_with_their_contact(api: Client, seed: Seed, settings: Settings) -> None:
    client = await api("admin")
    await sent(client, seed, "a.pdf", b"x")
    assert (await client.delete(f"/contacts/{seed.id('contact', 2)}")).status_code == 204
    assert stored(settings) == []


async def test_a_star_is_its_user_s_own(api: Client, seed: Seed) -> None:
    path = f"/contacts/{seed.id('contact', 2)}/favourite"
    ours, theirs = await api("supervisor"), await api("admin")
    for _ in range(2):
        assert (await ours.put(path)).json() == {"favourite": True}
    assert (await theirs.get(path)).json() == {"favourite": False}
    assert (await ours.delete(path)).status_code == 204
    assert (await ours.get(path)).json() == {"favourite": False}
