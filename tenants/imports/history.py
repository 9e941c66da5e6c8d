"""What people did with an import: uploaded, set, confirmed, stopped, undone, its file deleted; who and when.

Runs inside an open workspace transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection

What = Literal["uploaded", "settings", "confirmed", "done", "failed", "cancelled", "undone", "file_deleted"]
_MOST_SETTINGS = 20


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """`by` is a user; none for what the product did itself, and for uploads from the command line."""

    what: What
    at: datetime
    by: UUID | None = None


async def note(import_id: UUID, what: What, by: UUID | None) -> None:
    """Changes of settings by one person one after another are one happening; the last counts."""
    before = await connection().fetchval("select history from imports where id = $1", import_id)
    kept = [one for one in before if not _goes_on(one, before, what, by)][-_MOST_SETTINGS:]
    happening = {"what": what, "at": now().isoformat(), "by": str(by) if by else None}
    await connection().execute("update imports set history = $2 where id = $1", import_id, [*kept, happening])


def _goes_on(one: Mapping[str, Any], all_before: Sequence[Any], what: What, by: UUID | None) -> bool:
    return (
        what == "settings" and one is all_before[-1] and one["what"] == what and one["by"] == (str(by) if by else None)
    )


def history(noted: Sequence[Any], state: str, finished_at: datetime | None) -> list[Happening]:
    """What was noted, and how the reading of the rows ended, which nobody did; the oldest first."""
    found = msgspec.convert(list(noted), list[Happening])
    if finished_at is not None and state in ("done", "failed"):
        ended: What = "done" if state == "done" else "failed"
        found.append(Happening(what=ended, at=finished_at))
    return sorted(found, key=lambda one: one.at)
