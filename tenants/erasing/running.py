"""The job `erase_person`: step after step, each its own short transaction; it may die anywhere and be run again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from tenants.contacts.rows import LIVE
from tenants.erasing import steps
from tenants.erasing.fields import Identifiers
from tenants.erasing.steps import Counts, Step
from tenants.events import emit
from tenants.jobs import enqueue
from tenants.workspace import workspace

# Until a step says that nothing is left. Calls go before contacts: they are found by them.
_REPEATED: tuple[tuple[str, Step], ...] = (("recordings", steps.drop_recordings), ("calls", steps.anonymise_calls))
_ONCE: tuple[Step, ...] = (steps.drop_contacts, steps.drop_changes_of_contacts, steps.drop_answers)
_STALLED = timedelta(minutes=2)


async def run_erasure(operation_id: UUID) -> None:
    """Waits for another time (the sweep's) while one of the contacts is in a call."""
    async with workspace():
        who = await _identifiers(operation_id)
        if who is None or await _in_call(who):
            return
        await _note(operation_id, await steps.keep_from_calling(who), await steps.imports_of(who))
    for name, step in _REPEATED:
        while (await _done(operation_id, step, who)).get(name):
            pass
    for step in _ONCE:
        await _done(operation_id, step, who)
    await _search_junk(operation_id, who)
    await _search_changes(operation_id, who)
    await _finish(operation_id)


async def resume_erasures() -> None:
    """Those whose job was lost or had to wait. Inside an open workspace transaction; for the sweep."""
    rows = await connection().fetch(
        "select id from operations where kind = 'erase' and state = 'running' and moved_at < $1", now() - _STALLED
    )
    for row in rows:
        enqueue("erase_person", operation_id=str(row["id"]))


async def _identifiers(operation_id: UUID) -> Identifiers | None:
    value = await connection().fetchval(
        "select value from operations where id = $1 and kind = 'erase' and state = 'running'", operation_id
    )
    return msgspec.convert(value["who"], Identifiers) if value else None


async def _in_call(who: Identifiers) -> bool:
    found = await connection().fetchval(
        f"select exists (select from contacts where id = any ($1::uuid[]) and id in {LIVE})", who.contact_ids
    )
    return bool(found)


async def _done(operation_id: UUID, step: Step, who: Identifiers) -> Counts:
    async with workspace():
        counts = await step(who)
        await _note(operation_id, counts)
        return counts


async def _search_junk(operation_id: UUID, who: Identifiers) -> None:
    after: UUID | None = None
    while True:
        async with workspace():
            counts, after, imports = await steps.junk_slice(who, after)
            await _note(operation_id, counts, imports)
        if after is None:
            return


async def _search_changes(operation_id: UUID, who: Identifiers) -> None:
    after: int | None = 0
    while after is not None:
        async with workspace():
            counts, after = await steps.changes_slice(who, after)
            await _note(operation_id, counts)


async def _note(operation_id: UUID, counts: Counts, imports: Iterable[UUID] = ()) -> None:
    """The figures grow with the step that they count, in its transaction."""
    value: dict[str, Any] = await connection().fetchval(
        "select value from operations where id = $1 for update", operation_id
    )
    known = value.setdefault("counts", {})
    for kind, count in counts.items():
        known[kind] = known.get(kind, 0) + count
    value["import_ids"] = sorted({*value.get("import_ids", []), *map(str, imports)})
    await connection().execute("update operations set value = $2, moved_at = now() where id = $1", operation_id, value)


async def _finish(operation_id: UUID) -> None:
    """Who it was about is forgotten with the last step."""
    async with workspace():
        changed = await connection().fetchval(
            """update operations set state = 'done', finished_at = now(), value = value - 'who', position = total,
                      changed = coalesce((value -> 'counts' ->> 'contacts')::bigint, 0)
               where id = $1 and state = 'running' returning changed""",
            operation_id,
        )
        emit("contact.erased", count=changed)
