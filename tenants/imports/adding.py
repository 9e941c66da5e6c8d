"""Rows of an ended import that enter the base late: the same staging, matching and merging as the import's own slices.

Runs inside an open workspace transaction.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from tenants.imports.duplicates import Figures, figures, match
from tenants.imports.merging import label, merge, take_turn
from tenants.imports.payloads import payloads
from tenants.imports.plan import Duplicates
from tenants.imports.rows import Draft
from tenants.imports.slices import Slice, Summary
from tenants.imports.staging import stage
from tenants.imports.work import Work

_CONTACTS = """
select p.number, coalesce(m.contact_id, p.contact_id) as contact_id
from staged_phones p left join matched m on m.staged_id = p.contact_id
"""
_COUNT = """
update imports set added = added + $2, merged = merged + $3, skipped = skipped + $4, repeated = repeated + $5,
    found_here = found_here + $6, found_elsewhere = found_elsewhere + $7, blocked = blocked + $8
where id = $1
"""
_OWN = """
select p.number, c.id as contact_id from phones p join contacts c on c.id = p.contact_id
where c.import_id = $1 and p.number = any($2::text[])
"""


async def add_drafts(work: Work, drafts: Sequence[Draft]) -> dict[int, UUID]:
    """The contact of each row, by the row's place in the file: made now, joined, or the reason why it was left out."""
    await take_turn(work)
    in_part = [draft for draft in drafts if draft.again]
    joining = msgspec.structs.replace(work, plan=msgspec.structs.replace(work.plan, duplicates_in_file="merge"))
    found = await _pass(joining, in_part, 0)
    fresh = [draft for draft in drafts if not draft.again]
    found |= await _fresh(work, fresh)
    return {draft.row: found[number] for draft in drafts if (number := _met(draft, found)) is not None}


async def _fresh(work: Work, drafts: list[Draft]) -> dict[str, UUID]:
    policy = work.plan.duplicates_in_file
    known = await _own(work.import_id, drafts) if policy == "skip" else {}
    left = [draft for draft in drafts if _met(draft, known) is None]
    kept = _without_repeated(left, policy)
    return known | await _pass(work, kept, len(drafts) - len(kept))


async def _pass(work: Work, drafts: list[Draft], repeated: int) -> dict[str, UUID]:
    """The contact of each number; `repeated` rows were joined or left out before."""
    if not drafts:
        return {}
    piece = Slice(work.plan.duplicates_in_file)
    piece.drafts = drafts
    facts = await stage(payloads(piece, work.import_id, work.base_id))
    await label(work, facts)
    await match(work, facts)
    summary = Summary(0, len(drafts) + repeated, repeated, 0, 0, (0, 0, 0))
    await _count(work.import_id, await figures(work.plan, summary, facts))
    await merge(work, facts)
    rows = await connection().fetch(_CONTACTS)
    await connection().execute("drop table staged, staged_phones, matched, barred, labels, grown")
    return {row["number"]: row["contact_id"] for row in rows}


async def _count(import_id: UUID, of_rows: Figures) -> None:
    await connection().execute(
        _COUNT, import_id, of_rows.added, of_rows.merged, of_rows.skipped, of_rows.repeated, of_rows.found_here,
        of_rows.found_elsewhere, of_rows.blocked,
    )  # fmt: skip


async def _own(import_id: UUID, drafts: Sequence[Draft]) -> dict[str, UUID]:
    numbers = [phone.number for draft in drafts for phone in draft.phones]
    return {row["number"]: row["contact_id"] for row in await connection().fetch(_OWN, import_id, numbers)}


def _without_repeated(drafts: Sequence[Draft], policy: Duplicates) -> list[Draft]:
    """Rows with the same number among those that enter together, as the import treats them."""
    if policy == "add":
        return list(drafts)
    kept: list[Draft] = []
    by_number: dict[str, Draft] = {}
    for draft in drafts:
        number = _met(draft, by_number)
        if number is None:
            kept.append(draft)
        elif policy == "merge":
            by_number[number].take_over(draft)
        same = draft if number is None else by_number[number]
        by_number |= {phone.number: same for phone in draft.phones}
    return kept


def _met(draft: Draft, known: dict[str, Draft] | dict[str, UUID]) -> str | None:
    return next((phone.number for phone in draft.phones if phone.number in known), None)
