"""The calls report as a CSV file, written page by page. Opens transactions of its own: see `lines`."""

import csv
import io
from collections.abc import AsyncIterator

from ringyard.kit.text import _
from tenants.calls.search import CallFilter, CallLine, search_lines
from tenants.workspace import workspace

BATCH = 1_000
# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def lines(wanted: CallFilter) -> AsyncIterator[bytes]:
    """UTF-8 with a BOM (spreadsheets need it), comma-separated, times in UTC. A short transaction for each batch.

    One long transaction would hold an old snapshot open for as long as the reader is slow, and slow all dialing down.
    """
    yield "\ufeff".encode() + _csv([_titles()])
    cursor: str | None = None
    while True:
        async with workspace():
            found = await search_lines(wanted, BATCH, cursor)
        if found.items:
            yield _csv([_row(line) for line in found.items])
        cursor = found.next_cursor
        if cursor is None:
            return


def _titles() -> list[str]:
    return [
        _("Time (UTC)"), _("Number"), _("Contact"), _("Campaign"), _("Direction"), _("Result"), _("Cause"),
        _("SIP code"), _("Ringing"), _("Answered"), _("Ended"), _("Talk, s"), _("Billed, s"), _("Cost"), _("Currency"),
        _("Call id"),
    ]  # fmt: skip


def _row(line: CallLine) -> list[object]:
    times = (moment.isoformat(timespec="milliseconds") if moment else "" for moment in
             (line.ringing_at, line.answered_at, line.ended_at))  # fmt: skip
    return [
        line.reserved_at.isoformat(timespec="milliseconds"), line.number, plain(line.contact_name or ""),
        plain(line.campaign_name or ""), line.direction, line.result or line.state, line.cause, line.sip_code, *times,
        line.talk_s, line.billed_s, line.cost.amount, line.cost.currency, line.id,
    ]  # fmt: skip


def plain(text: str) -> str:
    """A text that a spreadsheet takes as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(rows: list[list[object]] | list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()
