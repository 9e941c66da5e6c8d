"""An own Redis of this installation. Its log of writes is kept on disk: queued jobs survive a power cut."""

import shutil
from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ringyard.local import debs, embedded
from ringyard.local.faults import LocalError
from ringyard.local.ladder import Rung, choose, is_root


def find_redis() -> Path | None:
    return _on_machine() or embedded.find_redis()


def _on_machine() -> Path | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(found) if found else None


def redis() -> Path:
    """The server's path, installed first if need be. Raises LocalError."""
    machine, carried = _on_machine(), embedded.find_redis()
    apt = shutil.which("apt-get") is not None
    rung = choose(
        named=False,
        on_machine=machine is not None,
        cached=carried is not None,
        root=is_root(),
        apt=apt,
    )
    if rung is Rung.APT:
        debs.install("redis-server")
    elif rung is Rung.CARRIED:
        embedded.carry()
    found = find_redis()
    if found is None:
        raise LocalError("Redis is not to be found after its installation: install redis-server yourself.")
    return found


def command(program: Path, folder: Path, port: int, password: str) -> list[str]:
    """Writes the configuration file too, so that the password is on no command line."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n"
        'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\n'
    )
    return [str(program), str(configuration)]


def url(port: int, password: str) -> str:
    return f"redis://:{quote(password)}@127.0.0.1:{port}/0"


async def answers(address: str) -> bool:
    """Whether the server is there and has read its data back."""
    client = Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(await client.ping())
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()
