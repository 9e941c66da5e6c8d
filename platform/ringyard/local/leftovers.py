"""What an earlier supervisor of this home left running: ended here, except the parts that outlive it."""

import asyncio
import signal
from collections.abc import Iterable

from ringyard.local.processes import alive, ended, family, send
from ringyard.local.records import Records


async def end_leftovers(records: Records, mark: str, keep: Iterable[str], limit_s: float = 10) -> list[str]:
    """End every recorded process and its family but those named in `keep` that are alive; the names of the ended."""
    found = {name: identity for name, identity in records.all().items() if not (name in keep and alive(identity))}
    families = {name: family(identity, mark) for name, identity in found.items()}
    await end_all([pid for pids in families.values() for pid in pids], limit_s)
    for name in found:
        records.remove(name)
    return [name for name, pids in families.items() if pids]


async def end_all(pids: list[int], limit_s: float) -> None:
    """SIGTERM, then SIGKILL for those that are still there after `limit_s` seconds."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in pids:
            send(pid, number)
        try:
            async with asyncio.timeout(limit_s):
                await asyncio.gather(*(ended(pid) for pid in pids))
            return
        except TimeoutError:
            continue
