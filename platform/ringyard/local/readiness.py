"""Whether each running part does its work now; `up` waits for these, `doctor` asks them once."""

import asyncio
from functools import partial

import asyncpg
import httpx
from redis.asyncio import Redis
from redis.exceptions import RedisError

from pbx.health import key as controller_key
from ringyard.kit.settings import NodeSettings, Settings
from tenants.migrate import files

WORKER_KEY = "ringyard:worker:alive"


async def web_answers(settings: Settings) -> bool:
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            address = f"http://127.0.0.1:{settings.port}/healthz"
            return (await client.get(address, headers={"Host": settings.netloc(settings.domain)})).is_success
    except httpx.HTTPError:
        return False


async def ari_answers(node: NodeSettings) -> bool:
    """Whether the node takes our password now."""
    try:
        async with httpx.AsyncClient(timeout=2, auth=(node.ari_user, node.ari_password)) as client:
            return (await client.get(f"{node.ari_url}/ari/asterisk/info", params={"only": "status"})).is_success
    except httpx.HTTPError:
        return False


async def beats(redis_url: str, key: str) -> bool:
    """Whether the part that keeps this key alive is alive."""
    client = Redis.from_url(redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(await client.exists(key))
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()


async def forget_beats(settings: Settings) -> None:
    """Drop the keys that an earlier start left, so that only the new parts count as alive."""
    client = Redis.from_url(settings.redis_url)
    try:
        await client.delete(WORKER_KEY, *(controller_key(node.name) for node in settings.nodes))
    finally:
        await client.aclose()


async def database_answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=3)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


async def unmigrated(settings: Settings) -> list[str]:
    """What lacks a migration: `core`, or the schema of a workspace. Raises asyncpg.PostgresError, OSError."""
    connection = await asyncpg.connect(settings.database_url, timeout=3)
    try:
        if not await connection.fetchval("select to_regclass('core.migrations')"):
            return ["core"]
        core = {row["version"] for row in await connection.fetch("select version from core.migrations")}
        behind = await connection.fetch(
            """select schema from core.workspaces w where status = 'active' and $1 > (
                 select count(*) from core.tenant_migrations m where m.schema = w.schema)""",
            len(files("workspace")),
        )
    finally:
        await connection.close()
    missing = [] if core >= {version for version, _ in files("core")} else ["core"]
    return missing + [row["schema"] for row in behind]


async def all_parts_ready(settings: Settings) -> list[str]:
    """The names of the parts that are not ready yet."""
    checks = {
        "web": partial(web_answers, settings),
        "worker": partial(beats, settings.redis_url, WORKER_KEY),
        **{node.name: partial(ari_answers, node) for node in settings.nodes},
        **{
            f"controller-{node.name}": partial(beats, settings.redis_url, controller_key(node.name))
            for node in settings.nodes
        },
    }
    answers = await asyncio.gather(*(check() for check in checks.values()))
    return [name for name, ready in zip(checks, answers, strict=True) if not ready]
