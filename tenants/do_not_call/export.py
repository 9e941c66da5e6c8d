"""The do-not-call list as a CSV file, written page by page. Opens transactions of its own."""

import csv
import io
from collections.abc import AsyncIterator

from ringyard.kit.text import _
from tenants.calls.export import plain
from tenants.do_not_call.service import list_numbers
from tenants.workspace import workspace

BATCH = 2_000


async def lines(q: str = "") -> AsyncIterator[bytes]:
    """UTF-8 with a BOM (spreadsheets need it), times in UTC. A short transaction for each batch."""
    yield "\ufeff".encode() + _csv([[_("Number"), _("Reason"), _("Source"), _("Added (UTC)")]])
    cursor: str | None = None
    while True:
        async with workspace():
            found = await list_numbers(BATCH, cursor, q, "number")
        yield _csv(
            [
                [one.number, plain(one.reason), one.source, one.created_at.isoformat(timespec="seconds")]
                for one in found.items
            ]
        )
        cursor = found.next_cursor
        if cursor is None:
            return


def _csv(rows: list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()
