"""Secrets that work once and not for long: hand-overs from the apex to a workspace, links to set a password.

Kept in Redis under the workspace and the secret's hash.
"""

import hashlib
import secrets
from datetime import timedelta

from ringyard.kit.cache import cache


def _key(place: str, purpose: str, secret: str) -> str:
    return f"{place}:once:{purpose}:{hashlib.sha256(secret.encode()).hexdigest()}"


def _text(value: bytes | str | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


async def issue(place: str, purpose: str, value: str, lasts: timedelta) -> str:
    """A new secret that stands for `value`. `place` is the workspace's schema."""
    secret = secrets.token_urlsafe(32)
    await cache().set(_key(place, purpose, secret), value, ex=lasts)
    return secret


async def look(place: str, purpose: str, secret: str) -> str | None:
    """What it stands for, without using it up."""
    value = await cache().get(_key(place, purpose, secret))
    return _text(value)


async def redeem(place: str, purpose: str, secret: str) -> str | None:
    """What it stands for, once: of two at the same moment only one gets it."""
    value = await cache().getdel(_key(place, purpose, secret))
    return _text(value)
