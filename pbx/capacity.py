"""Who may use how many channels and calls per second: leases in Redis, taken and given back by one script each.

A call needs a place in three scopes: its node (shared by all workspaces), its trunk and its campaign. On the node idle
capacity is lent to whoever asks, but everybody who asks keeps room for an equal share (max-min), so what was lent comes
back as its calls end. Leases expire, so a crash frees them in the end; a reconcile does it sooner.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ringyard.kit.cache import cache

LEASE_S = 3 * 3600
ASKER_S = 2.0

# KEYS: node, trunk, campaign (each a zset of leases; `:rate` beside it is the token bucket, `:use` the node's shares).
# ARGV: schema, lease seconds, asker seconds, then three pairs (channels, calls per second), then the ids.
# Answers how many of the ids got a lease, and after how many milliseconds a next token is there (0: no token needed).
_TAKE = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local schema, lease, asker = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local want = #ARGV - 9
local granted, wait = want, 0
local tokens = {}
for s = 1, 3 do
  local key, channels, cps = KEYS[s], tonumber(ARGV[2 + 2 * s]), tonumber(ARGV[3 + 2 * s])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  local free = channels - redis.call('ZCARD', key)
  local burst = math.max(1, cps * 0.25)
  local have = redis.call('HMGET', key .. ':rate', 'tokens', 'at')
  local level = math.min(burst, (tonumber(have[1]) or burst) + (now - (tonumber(have[2]) or now)) * cps)
  tokens[s] = level
  granted = math.min(granted, free, math.floor(level + 0.0001))
  if level < 1 then wait = math.max(wait, math.ceil((1 - level) / cps * 1000)) end
end
local asking, using = KEYS[1] .. ':asking', KEYS[1] .. ':use'
redis.call('ZREMRANGEBYSCORE', asking, '-inf', now)
redis.call('ZADD', asking, now + asker, schema)
redis.call('HSET', using .. ':want', schema, want)
redis.call('EXPIRE', using .. ':want', 60)
local askers = redis.call('ZRANGE', asking, 0, -1)
if #askers > 1 then
  local channels = tonumber(ARGV[4])
  local share = math.floor(channels / #askers)
  local room = channels
  for _, other in ipairs(askers) do
    if other ~= schema then
      local used = tonumber(redis.call('HGET', using, other) or '0')
      local wanted = tonumber(redis.call('HGET', using .. ':want', other) or '0')
      room = room - math.max(used, math.min(share, used + wanted))
    end
  end
  granted = math.min(granted, room - tonumber(redis.call('HGET', using, schema) or '0'))
end
granted = math.max(0, granted)
for s = 1, 3 do
  local key = KEYS[s]
  for i = 1, granted do redis.call('ZADD', key, now + lease, ARGV[9 + i]) end
  redis.call('HSET', key .. ':rate', 'tokens', tokens[s] - granted, 'at', now)
  redis.call('EXPIRE', key .. ':rate', 60)
end
if granted > 0 then redis.call('HINCRBY', using, schema, granted) end
return {granted, wait}
"""

# KEYS: node, then trunks and campaigns. ARGV: schema, tokens to give back per id (1 when never dialed), then the ids.
_GIVE = """
local freed = 0
for s = 1, #KEYS do
  for i = 3, #ARGV do
    local gone = redis.call('ZREM', KEYS[s], ARGV[i])
    if s == 1 then freed = freed + gone end
  end
  if ARGV[2] ~= '0' then redis.call('HINCRBYFLOAT', KEYS[s] .. ':rate', 'tokens', (#ARGV - 2) * ARGV[2]) end
end
if freed > 0 and redis.call('HINCRBY', KEYS[1] .. ':use', ARGV[1], -freed) <= 0 then
  redis.call('HDEL', KEYS[1] .. ':use', ARGV[1])
end
return freed
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """A limit: how many channels at once and how many new calls per second."""

    key: str
    channels: int
    cps: int


@dataclass(frozen=True, slots=True)
class Scopes:
    node: Scope
    trunk: Scope
    campaign: Scope

    @property
    def all(self) -> tuple[Scope, Scope, Scope]:
        return self.node, self.trunk, self.campaign


def node_key(node: str) -> str:
    return f"capacity:{{{node}}}"


def trunk_key(node: str, schema: str, trunk_id: UUID | None) -> str:
    return f"capacity:{{{node}}}:{schema}:trunk:{trunk_id}"


def campaign_key(node: str, schema: str, campaign_id: UUID | None) -> str:
    return f"capacity:{{{node}}}:{schema}:campaign:{campaign_id}"


async def take(scopes: Scopes, schema: str, ids: Sequence[UUID]) -> tuple[int, float]:
    """Lease places for the first n of the ids; gives n, and the seconds until a next call per second is free."""
    limits = [value for scope in scopes.all for value in (scope.channels, scope.cps)]
    granted, wait_ms = await cache().eval(
        _TAKE,
        3,
        *(scope.key for scope in scopes.all),
        schema,
        LEASE_S,
        ASKER_S,
        *limits,
        *_members(schema, ids),
    )
    return int(granted), int(wait_ms) / 1000


async def give_back(keys: Sequence[str], schema: str, ids: Sequence[UUID], unused: bool = False) -> None:
    """End the leases of calls that are over, or `unused`: that were never dialed, whose rate is given back too.

    `keys` are the node's and those of trunks and campaigns.
    """
    if ids:
        await cache().eval(_GIVE, len(keys), *keys, schema, int(unused), *_members(schema, ids))


async def keys_of(node: str, schema: str) -> list[str]:
    """The node and every trunk and campaign of the workspace there: for calls of which not even the row is left."""
    found = [key.decode() async for key in cache().scan_iter(f"{node_key(node)}:{schema}:*", count=1000)]
    return [node_key(node), *(key for key in found if not key.endswith(":rate"))]


async def leased(node: str, older_than_s: float = 0) -> list[tuple[str, UUID]]:
    """Leases on the node as (schema, call id): where a controller looks for calls that it may have missed."""
    taken_before = time.time() + LEASE_S - older_than_s
    members: list[bytes] = await cache().zrange(  # type: ignore[assignment]
        node_key(node),
        "-inf",
        taken_before,
        byscore=True,
    )
    return [(schema, UUID(call_id)) for schema, _, call_id in (member.decode().partition(":") for member in members)]


def _members(schema: str, ids: Sequence[UUID]) -> list[str]:
    return [f"{schema}:{call_id}" for call_id in ids]
