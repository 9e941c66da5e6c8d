"""The command line, run as an operator runs it: as a process that finds the installation by its environment."""

import asyncio
import json
import sys

import pytest

from ringyard.kit.settings import Settings
from tests.conftest import Client

NEW = ("--name", "Nowa", "--owner", "owner@nowa.example", "--password", "a long enough password")


async def _ringyard(*words: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ringyard.cli", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )  # fmt: skip
    async with asyncio.timeout(60):
        told, _nothing = await process.communicate()
    return process.returncode or 0, told.decode()


async def test_a_workspace_and_a_token_made_by_command_work_at_once(visitor: Client) -> None:
    code, told = await _ringyard("workspace", "create", "nowa", *NEW, "--country", "DE", "--json")
    assert code == 0, told
    assert json.loads(told.splitlines()[-1])["slug"] == "nowa"
    code, told = await _ringyard("token", "create", "nowa", "--user", "owner@nowa.example", "--json")
    token = json.loads(told.splitlines()[-1])["token"]
    answer = await (await visitor("nowa")).get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    me = answer.json()
    assert me["role"] == "admin"
    assert me["workspace"]["timezone"] == "Europe/Berlin"


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("workspace", "create", "acme", *NEW), "taken"),
        (("workspace", "create", "www", *NEW), "reserved"),
        (("token", "create", "nobody", "--user", "a@b.example"), "no workspace"),
        (("token", "create", "acme", "--user", "nobody@b.example"), "no active user"),
        (("service", "activate", "acme", "flying"), "no service flying"),
        (("node", "drain", "nowhere"), "no node nowhere"),
    ],
)
async def test_a_mistake_ends_with_a_sentence_and_code_1(words: tuple[str, ...], said: str) -> None:
    code, told = await _ringyard(*words)
    assert code == 1
    assert said in told
    assert "Traceback" not in told


async def test_services_are_switched_by_command(api: Client, settings: Settings) -> None:
    client = await api("admin")
    await _ringyard("service", "deactivate", "acme", "dialer")
    assert (await client.get("/campaigns")).status_code == 403
    assert "dialer\tnot active" in (await _ringyard("service", "list", "acme"))[1]
    await _ringyard("service", "activate", "acme", "dialer")
    assert (await client.get("/campaigns")).status_code == 200


async def test_a_server_that_is_not_there_is_said_so(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGYARD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    code, told = await _ringyard("node", "list")
    assert code == 1
    assert "Cannot reach the installation" in told
    assert "Traceback" not in told
