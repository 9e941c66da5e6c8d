"""Sessions of signed-in users, kept in Redis by the server.

The cookie holds a random token; the key is the workspace's schema and the token's hash, so a cookie is worthless in
another workspace and a leaked store holds no cookies. An id we did not make is never honoured, signing in always makes
a new one, anonymous visitors have none, and an unchanged session is not written.
"""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID

from ringyard.kit.cache import cache
from ringyard.kit.clock import now
from tenants.agents.credentials import Account
from tenants.context import current

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
_PROLONG_BELOW = IDLE - timedelta(minutes=15)


@dataclass(slots=True)
class Session:
    user_id: str
    stamp: str
    started_at: float
    notices: list[dict[str, str]] = field(default_factory=list)
    """Sentences to show on the next page, each `{"kind", "text"}`."""


def _key(token: str) -> str:
    return f"{current().schema}:session:{hashlib.sha256(token.encode()).hexdigest()}"


async def begin(account: Account, old_token: str | None, notices: list[dict[str, str]] | None = None) -> str:
    """Start a session after a sign-in and end the one the browser came with; gives the token for the cookie."""
    token = secrets.token_urlsafe(32)
    if old_token:
        await end(old_token)
    session = Session(str(account.id), account.stamp, now().timestamp(), notices or [])
    await cache().set(_key(token), json.dumps(asdict(session)), ex=IDLE)
    return token


async def find(token: str) -> Session | None:
    """The session of this cookie, kept alive by being used; None when it is unknown or over."""
    key = _key(token)
    async with cache().pipeline(transaction=False) as pipe:
        pipe.get(key)
        pipe.pttl(key)
        stored, left_ms = await pipe.execute()
    if stored is None:
        return None
    session = Session(**json.loads(stored))
    if now().timestamp() - session.started_at > LONGEST.total_seconds():
        await cache().delete(key)
        return None
    if left_ms < _PROLONG_BELOW.total_seconds() * 1000:
        await cache().expire(key, IDLE)
    return session


async def save(token: str, session: Session) -> None:
    """Write a changed session; one that has ended meanwhile stays ended."""
    await cache().set(_key(token), json.dumps(asdict(session)), keepttl=True, xx=True)


async def end(token: str) -> None:
    await cache().delete(_key(token))


def user_id(session: Session) -> UUID:
    return UUID(session.user_id)
