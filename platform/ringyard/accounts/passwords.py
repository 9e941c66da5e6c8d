"""Passwords: argon2id with OWASP's parameters (19 MiB, two passes), in threads and only a few at a time.

A hash takes about 30 ms of CPU and its memory; without the limit a burst of sign-ins would take the machine.
"""

import asyncio
from weakref import WeakKeyDictionary

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from ringyard.kit.errors import invalid
from ringyard.kit.text import _

SHORTEST = 12
LONGEST = 200
AT_ONCE = 4

_hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_NOBODYS = _hasher.hash("the password of nobody at all")


def _gate() -> asyncio.Semaphore:
    return _gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


def check(password: str, field: str = "password") -> None:
    """Raises Invalid for a password nobody should have."""
    if len(password) < SHORTEST:
        raise invalid(field, _("A password has at least {n} characters.", n=SHORTEST))
    if len(password) > LONGEST:
        raise invalid(field, _("A password has at most {n} characters.", n=LONGEST))
    if len(set(password)) < 4:
        raise invalid(field, _("Use more than a few different characters."))


async def hashed(password: str) -> str:
    async with _gate():
        return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Takes the same time when there is no stored hash, so that nobody learns which logins exist."""
    async with _gate():
        fits = await asyncio.to_thread(_hasher.verify, password[:LONGEST], stored or _NOBODYS)
    return fits and stored is not None
