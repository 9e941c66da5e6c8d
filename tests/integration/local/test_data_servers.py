"""Own Postgres and Redis of a home: data is kept from start to start."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from ringyard.local.data_servers import DataServers, data_servers


@pytest.fixture(autouse=True)
def _none_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RINGYARD_DATABASE_URL", raising=False)
    monkeypatch.delenv("RINGYARD_REDIS_URL", raising=False)


async def write(servers: DataServers) -> None:
    connection = await asyncpg.connect(servers.database_url)
    await connection.execute("create table kept (word text); insert into kept values ('data')")
    await connection.close()
    async with Redis.from_url(servers.redis_url) as client:
        await client.set("kept", "job")


async def read(servers: DataServers) -> tuple[str, bytes | str | None]:
    connection = await asyncpg.connect(servers.database_url)
    word = await connection.fetchval("select word from kept")
    await connection.close()
    async with Redis.from_url(servers.redis_url) as client:
        return word, await client.get("kept")


def test_a_second_start_has_the_same_addresses_and_all_data(tmp_path: Path) -> None:
    with data_servers(tmp_path) as first:
        asyncio.run(write(first))
    with data_servers(tmp_path) as second:
        assert second == first
        assert asyncio.run(read(second)) == ("data", b"job")


def test_two_homes_run_side_by_side(tmp_path: Path) -> None:
    with data_servers(tmp_path / "one") as one, data_servers(tmp_path / "two") as two:
        assert one.database_url != two.database_url
        assert one.redis_url != two.redis_url


def test_servers_named_in_the_environment_are_used_and_none_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGYARD_DATABASE_URL", "postgresql://named/db")
    monkeypatch.setenv("RINGYARD_REDIS_URL", "redis://named")
    with data_servers(tmp_path) as servers:
        assert servers == DataServers("postgresql://named/db", "redis://named")
    assert not (tmp_path / "postgres").exists()


def test_strangers_on_the_machine_need_the_password(tmp_path: Path) -> None:
    with data_servers(tmp_path) as servers:
        address = servers.database_url.replace(servers.database_url.split(":")[2].split("@")[0], "guess")
        with pytest.raises(asyncpg.InvalidPasswordError):
            asyncio.run(asyncpg.connect(address))
