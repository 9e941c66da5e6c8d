"""How often something may be tried: one atomic sliding window in Redis for each workspace, action and subject."""

import hashlib
import secrets
from dataclasses import dataclass

from ringyard.kit.cache import cache
from ringyard.kit.errors import TooMany
from ringyard.kit.text import ngettext

_WINDOWS = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local wait = 0
for i = 1, #KEYS do
  local most, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - window)
  if redis.call('ZCARD', KEYS[i]) >= most then
    local oldest = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
    wait = math.max(wait, math.ceil(tonumber(oldest[2]) + window - now), 1)
  end
end
if wait == 0 then
  for i = 1, #KEYS do
    redis.call('ZADD', KEYS[i], now, ARGV[1])
    redis.call('EXPIRE', KEYS[i], math.ceil(tonumber(ARGV[2 * i + 1])))
  end
end
return wait
"""
"""Looks at all windows and counts in all or none: two requests at once cannot both be the last allowed one."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` tries in `seconds` for one subject (a login, an address) of an action."""

    action: str
    subject: str
    most: int
    seconds: int

    def key(self, place: str) -> str:
        return f"{place}:tries:{self.action}:{hashlib.sha256(self.subject.lower().encode()).hexdigest()[:32]}"


async def count(place: str, *windows: Window) -> None:
    """Count one try in every window, or raise TooMany. `place` is the workspace's schema, or `core`."""
    keys = [window.key(place) for window in windows]
    figures = [figure for window in windows for figure in (window.most, window.seconds)]
    wait = int(await cache().eval(_WINDOWS, len(keys), *keys, secrets.token_hex(8), *figures))
    if wait:
        minutes = -(-wait // 60)
        raise TooMany(
            ngettext(
                "Too many attempts. Try again in {n} minute.", "Too many attempts. Try again in {n} minutes.", minutes
            )
        )


async def forgive(place: str, *windows: Window) -> None:
    """Forget the tries: after a success."""
    await cache().delete(*(window.key(place) for window in windows))
