"""An import's junk as a CSV file that a spreadsheet opens, to be mended there and imported again.

Opens transactions of its own, a short one for each batch: an old snapshot held open would slow dialing down.
"""

import csv
import io
import re
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from ringyard.kit.text import _
from tenants.calls.export import plain
from tenants.imports.fields import JunkView
from tenants.imports.junk import JunkFilter, junk_of_import
from tenants.workspace import workspace

BATCH = 1000
_NUMBER = re.compile(r"\+[1-9]\d{1,14}")


async def junk_lines(import_id: UUID, wanted: JunkFilter) -> AsyncIterator[bytes]:
    """UTF-8 with a BOM, comma-separated. The caller has made sure that the import is there."""
    yield "\ufeff".encode() + _csv([[_("Row"), _("Column"), _("Reason"), _("Proposal"), _("Cells of the row")]])
    cursor: str | None = None
    while True:
        async with workspace():
            found = await junk_of_import(import_id, BATCH, cursor, wanted)
        if found.items:
            yield _csv([_line(one) for one in found.items])
        cursor = found.next_cursor
        if cursor is None:
            return


def _line(one: JunkView) -> list[object]:
    return [one.row, one.column or "", one.message, one.proposal or "", *map(_safe, one.cells)]


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; a plain number may keep its plus."""
    return cell if _NUMBER.fullmatch(cell) else plain(cell)


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")
