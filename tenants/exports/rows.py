"""The rows of a slice of an export, as Postgres writes CSV: nothing of them passes through Python row by row.

Inside an open workspace transaction, which may end before the rows are written anywhere.
"""

import csv
import io
import json
from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.db import connection
from tenants.calls.export import plain
from tenants.exports.columns import CUSTOM, JOINS, OURS, WRITTEN
from tenants.exports.plan import ExportPlan

# The slice's contacts by their keys, then the raw texts, then what is written of them: nothing is worked out twice.
_SELECT = """
with c as materialized (
    select id, base_id, name, email, region, timezone, responsible_id, outcome_id, category_ids, status, comment,
           external_id, custom, import_id, created_at, modified_at from contacts where id = any ($1::uuid[])
)
select {cells} from (
    select s.place, {raw}
    from unnest($1::uuid[]) with ordinality as s (id, place) join c on c.id = s.id
    cross join (select $2::jsonb as statuses, $3::text as zone) given
    {joins}
    offset 0
) raw order by place
"""
# A text that begins with = + - @ TAB or CR would be a formula, unless it is a number in E.164.
_GUARDED = r"""
case when ascii({t}) in (61, 43, 45, 64, 9, 13) and {t} !~ '^\+[1-9][0-9]{{1,14}}$' then '''' || {t}
     else nullif({t}, '') end
"""
# A slice is sorted in memory, and compiling its plan would take longer than carrying it out. Left to itself the planner
# reads all of a table for each slice, with a second process that dialing needs.
_SETTINGS = """
select set_config(name, value, true) from (values
    ('work_mem', '64MB'), ('jit', 'off'), ('enable_seqscan', 'off'), ('enable_mergejoin', 'off'),
    ('max_parallel_workers_per_gather', '0'), ('datestyle', 'ISO')) as given (name, value)
"""


async def rows(plan: ExportPlan, ids: Sequence[UUID]) -> tuple[bytes, int]:
    """(CSV in UTF-8, how many rows) in the order of `ids`; contacts that were deleted meanwhile are left out."""
    query, values = _query(plan)
    pieces: list[bytes] = []

    async def take(piece: bytes) -> None:
        pieces.append(piece)

    delimiter = plan.delimiter if plan.format == "csv" else ","
    await connection().execute(_SETTINGS)
    done = await connection().copy_from_query(
        query, ids, *values, output=take, format="csv", delimiter=delimiter, encoding="utf-8"
    )
    return b"".join(pieces), int(done.rpartition(" ")[2])


def heading(plan: ExportPlan) -> bytes:
    target = io.StringIO()
    if plan.format == "xlsx":
        csv.writer(target, lineterminator="\n").writerow(plan.headings)
    else:
        writer = csv.writer(target, delimiter=plan.delimiter, lineterminator="\n")
        writer.writerow([plain(text) for text in plan.headings])
    return target.getvalue().encode()


def _query(plan: ExportPlan) -> tuple[str, list[str]]:
    """A text cell that would be a formula gets an apostrophe before it; in an Excel file every cell is a text."""
    values = [json.dumps(plan.statuses), plan.timezone]
    raw, cells = [], []
    for place, name in enumerate(plan.columns):
        text = WRITTEN.get(name)
        if name.startswith(CUSTOM):
            values.append(name[len(CUSTOM) :])
            text = f"c.custom ->> ${len(values) + 1}"
        raw.append(f"{text or OURS[name]} as t{place}")
        guarded = text is not None and plan.format == "csv"
        cells.append(_GUARDED.format(t=f"t{place}") if guarded else f"t{place}")
    joins = dict.fromkeys(JOINS[name] for name in plan.columns if name in JOINS)
    query = _SELECT.format(cells=", ".join(cells), raw=", ".join(raw), joins="\n    ".join(joins))
    return query, values
