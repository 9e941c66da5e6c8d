"""Identifiers: time-ordered UUIDs (version 7), so that new rows land at the end of every index."""

import secrets
import time
from uuid import UUID

from uuid_utils.compat import uuid7

_COUNTS = 2**26
_NOISE = 6


def new_id() -> UUID:
    return uuid7()


def rising_ids(count: int) -> list[str]:
    """Many at once, each above the one before: this millisecond, a counter of 26 bits from anywhere, 48 random bits."""
    head = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{head[:8]}-{head[8:]}-7"
    noise = secrets.token_hex(_NOISE * count)
    start = secrets.randbelow(_COUNTS - count)
    return [
        f"{head}{at >> 14:03x}-{0x8000 | at & 0x3FFF:04x}-{noise[place : place + 12]}"
        for at, place in zip(range(start, start + count), range(0, len(noise), 2 * _NOISE), strict=True)
    ]
