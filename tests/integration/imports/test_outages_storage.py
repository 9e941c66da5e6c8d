"""The place where uploaded files lie: full while one comes in, and changed behind the product's back."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ringyard.kit.settings import Settings
from ringyard.local.ladder import is_root
from tests.conftest import Client
from tests.integration.imports.test_import import contacts_of, upload
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

JOBS = ("run_import", "undo_import", "write_texts", "survey_import")
SMALL = 1024 * 1024
LIST = "".join(f"Person {place};+4860{place:07d}\n" for place in range(60_000)).encode()


@contextmanager
def little_room(folder: Path) -> Iterator[None]:
    """A megabyte in that folder: a file system of its own for root, else a limit on the length of any file."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    if is_root() and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def kept(settings: Settings) -> list[Path]:
    return [path for path in (settings.home / "objects").rglob("*imports/*") if path.is_file()]


async def test_a_full_disk_is_told_and_nothing_is_left(api: Client, seed: Seed, settings: Settings) -> None:
    client = await api("admin")
    before = (await client.get("/imports")).json()["items"]
    with little_room(settings.home / "objects"):
        refused = await upload(client, seed.id("base", 1), LIST)
        assert refused.status_code == 507
        assert refused.json()["type"] == "/problems/no-room"
        assert refused.json()["detail"] == "There is no room left on the server's disk, so nothing was saved."
        assert kept(settings) == []
    assert (await client.get("/imports")).json()["items"] == before
    made = await upload(client, seed.id("base", 1), LIST)
    assert made.status_code == 201, "with room again the same file is taken"


async def test_a_full_disk_is_told_on_the_page_too(page_client: Client, seed: Seed, settings: Settings) -> None:
    client = await page_client("admin")
    with little_room(settings.home / "objects"):
        refused = await client.post(
            "/imports/new", data={"base_id": str(seed.id("base", 1))}, files={"file": ("list.csv", LIST)}
        )
        assert refused.status_code == 507
        assert "There is no room left" in refused.text
        assert kept(settings) == []


def cut_in_half(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def made_longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"Stranger;+48519999999\n")


def taken_away(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("change", [cut_in_half, made_longer, taken_away])
async def test_a_file_that_is_not_the_confirmed_one_any_more_ends_its_import_with_a_sentence(
    api: Client, seed: Seed, settings: Settings, jobs: Recorder, change: Any
) -> None:
    client = await api("admin")
    made = (await upload(client, seed.id("base", 2), LIST)).json()
    assert (await client.post(f"/imports/{made['id']}/confirm")).status_code == 200
    (file,) = kept(settings)
    change(file)

    await jobs.carry_out(*JOBS)

    seen = (await client.get(f"/imports/{made['id']}")).json()
    assert seen["state"] == "failed"
    assert "file" in seen["error"].lower() and seen["error"].endswith(".")
    assert len(await contacts_of(client, seen)) == min(seen["added"], 500)

    undone = await client.post(f"/imports/{made['id']}/undo")
    assert undone.status_code in (200, 202), undone.text
    await jobs.carry_out(*JOBS)
    assert await contacts_of(client, seen) == []
    assert (await client.get(f"/imports/{made['id']}")).json()["removed"] == seen["added"]
