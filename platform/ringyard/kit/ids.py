"""Identifiers: time-ordered UUIDs (version 7), so that new rows land at the end of every index."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
