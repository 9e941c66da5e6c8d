"""Asking for an export, and getting its file. Runs inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound, invalid
from ringyard.kit.text import _
from tenants.context import current
from tenants.exports.columns import CUSTOM, HEADINGS
from tenants.exports.plan import MOST_ROWS, ExportPlan, NewExport, checked
from tenants.operations.fields import OperationView
from tenants.operations.service import prepare, start


class ExportFile(msgspec.Struct, frozen=True):
    key: str
    name: str
    size: int


async def headings() -> dict[str, str]:
    """Every column's key and what it is called in the reader's language; own fields stand before the dates."""
    fields = await connection().fetch("select key, name from custom_fields order by position, lower(name)")
    own = {f"{CUSTOM}{row['key']}": row["name"] for row in fields}
    last = ("import", "created", "modified", "id")
    usual = {key: _(text) for key, text in HEADINGS.items()}
    return {key: usual[key] for key in usual if key not in last} | own | {key: usual[key] for key in last}


async def new_export(new: NewExport, statuses: dict[str, str], user_id: UUID | None) -> OperationView:
    """`statuses` are their names in the reader's language. Raises Invalid, also for more rows than a sheet has."""
    plan = checked(new, await headings(), statuses, current().timezone)
    view = await prepare("export", _stored(plan), new, user_id, _fits if plan.format == "xlsx" else None)
    return await start(view.id) if new.start else view


def _fits(total: int) -> None:
    if total > MOST_ROWS:
        text = _(
            "An Excel sheet holds {most} rows. These are {total}: choose CSV, or fewer.", most=MOST_ROWS, total=total
        )
        raise invalid("format", text)


async def export_file(operation_id: UUID) -> ExportFile:
    """Raises NotFound, also when the file is not yet or no longer there."""
    row = await connection().fetchrow(
        "select file_key, file_name, file_size from operations where id = $1", operation_id
    )
    if row is None:
        raise NotFound(_("There is no such operation."))
    if row["file_key"] is None:
        raise NotFound(_("There is no file, or it is no longer kept."))
    return ExportFile(row["file_key"], row["file_name"], row["file_size"])


def _stored(plan: ExportPlan) -> dict[str, Any]:
    return dict(msgspec.to_builtins(plan))
