"""What happened in a workspace, told to its live pages and streams after the commit.

A Redis stream per workspace, capped in length, with a growing `seq`; a page that connects late reads the state first.
"""

from typing import Any

import msgspec

from ringyard.kit.cache import cache
from ringyard.kit.clock import now
from ringyard.kit.db import after_commit
from tenants.context import current

KEPT = 10_000
_ADD = """
local seq = redis.call('INCR', KEYS[2])
for i = 1, #ARGV - 1 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[#ARGV], (seq + i - 1) .. '-0', 'event', ARGV[i])
end
if #ARGV > 2 then redis.call('INCRBY', KEYS[2], #ARGV - 2) end
return seq
"""


def stream_key(schema: str) -> str:
    return f"{schema}:events"


def emit(kind: str, /, **payload: Any) -> None:
    """One event, `kind` as `call.ended`; the payload is ids and short facts."""
    emit_many([(kind, payload)])


def emit_many(events: list[tuple[str, dict[str, Any]]]) -> None:
    if not events:
        return
    schema, at = current().schema, now()
    lines = [msgspec.json.encode({"kind": kind, "at": at, **payload}) for kind, payload in events]
    after_commit(lambda: _add(schema, lines))


async def _add(schema: str, lines: list[bytes]) -> None:
    key = stream_key(schema)
    await cache().eval(_ADD, 2, key, f"{key}:seq", *lines, KEPT)
