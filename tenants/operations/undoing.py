"""Taking a bulk operation back, slice by slice of what it changed: where a contact still is as the operation left it.

Opens its own transactions, but for `undo`.
"""

from collections.abc import Sequence
from uuid import UUID

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict
from ringyard.kit.text import _
from tenants.campaigns.following import follow
from tenants.events import emit
from tenants.jobs import enqueue
from tenants.operations.fields import OperationView
from tenants.operations.references import hold_all
from tenants.operations.restoring import restore
from tenants.operations.retrying import in_transaction
from tenants.operations.service import operation

SLICE = 5_000
RESTORED = 2_000

# Per kind: what must still be so (k is the row of `changes`), and what is then written (w is what was found).
_WAYS = {
    "category_add": ("c.category_ids @> array[o.id_of]", "category_ids = array_remove(c.category_ids, w.id_of)"),
    "category_remove": (
        "not c.category_ids @> array[o.id_of] and o.id_of in (select id from categories)",
        "category_ids = c.category_ids || w.id_of",
    ),
    "responsible": (
        """c.responsible_id is not distinct from (k.after ->> 'responsible_id')::uuid
           and (k.before ->> 'responsible_id' is null
                or (k.before ->> 'responsible_id')::uuid in (select id from users))""",
        "responsible_id = (k.before ->> 'responsible_id')::uuid",
    ),
    "base": (
        "c.base_id = (k.after ->> 'base_id')::uuid and (k.before ->> 'base_id')::uuid in (select id from bases)",
        "base_id = (k.before ->> 'base_id')::uuid",
    ),
    "status": ("c.status = k.after ->> 'status'", "status = k.before ->> 'status'"),
    "do_not_call": ("c.status = k.after ->> 'status'", "status = k.before ->> 'status'"),
}
_REVERT = """
with of_it as materialized (
    select (value ->> 'category_id')::uuid as id_of from operations where id = $2
), wanted as materialized (
    select c.id, k.id as change_id, o.id_of from changes k join contacts c on c.id = k.contact_id cross join of_it o
    where k.id = any ($1::bigint[]) and {holds} order by c.id for update of c
), reverted as (
    update contacts c set {back}, modified_at = now()
    from wanted w join changes k on k.id = w.change_id where c.id = w.id
)
insert into changes (contact_id, source, before, after)
select k.contact_id, 'undo', k.after, k.before from wanted w join changes k on k.id = w.change_id
returning contact_id
"""
_UNLIST = """
delete from do_not_call d using changes k, jsonb_array_elements_text(k.after -> 'do_not_call') number
where k.id = any ($1::bigint[]) and k.contact_id = any ($2::uuid[]) and d.number = number and d.source = 'bulk'
"""
_NEXT = "select id from changes where operation_id = $1 and id > $2 order by id limit $3"
_CLAIM = """
select kind, undo_after from operations where id = $1 and undo_state = 'running' for update
"""
_BASES = """
select distinct before ->> 'base_id' as base_id from changes
where operation_id = $1 and before ? 'base_id'
"""


async def undo(operation_id: UUID) -> OperationView:
    """Begin. Raises NotFound, and Conflict where there is nothing that can be taken back."""
    view = await operation(operation_id, locked=True)
    if not view.undoable:
        raise Conflict(_refusal(view))
    await connection().execute(
        "update operations set undo_state = 'running', undone_at = $2, moved_at = $2 where id = $1", operation_id, now()
    )
    enqueue("undo_operation", operation_id=str(operation_id))
    return await operation(operation_id)


async def run_undo(operation_id: UUID) -> None:
    """The job `undo_operation`. May run twice, also at once."""
    while await in_transaction(lambda: _slice(operation_id)):
        pass


async def _slice(operation_id: UUID) -> bool:
    here = connection()
    row = await here.fetchrow(_CLAIM, operation_id)
    if row is None:
        return False
    ids = [
        one["id"]
        for one in await here.fetch(
            _NEXT, operation_id, row["undo_after"], RESTORED if row["kind"] == "delete" else SLICE
        )
    ]
    if not ids:
        await _end(operation_id, row["kind"])
        return False
    undone = await (restore(ids) if row["kind"] == "delete" else _revert(operation_id, row["kind"], ids))
    moved = await here.fetchrow(
        """update operations set undone = undone + $2, undo_after = $3, moved_at = now()
           where id = $1 returning undone, changed""",
        operation_id, len(undone), ids[-1],
    )  # fmt: skip
    assert moved is not None
    emit("operation.progress", id=operation_id, kind=row["kind"], undo=True, **dict(moved))
    return True


async def _revert(operation_id: UUID, kind: str, ids: Sequence[int]) -> list[UUID]:
    await hold_all(kind)
    holds, back = _WAYS[kind]
    rows = await connection().fetch(_REVERT.format(holds=holds, back=back), ids, operation_id)
    reverted = [row["contact_id"] for row in rows]
    if kind == "do_not_call":
        await connection().execute(_UNLIST, ids, reverted)
    if kind in ("base", "status", "do_not_call"):
        await follow(reverted)
    return reverted


async def _end(operation_id: UUID, kind: str) -> None:
    """Campaigns of the bases that contacts came back to take them in."""
    await connection().execute("update operations set undo_state = 'done' where id = $1", operation_id)
    emit("operation.undone", id=operation_id, kind=kind)
    if kind in ("base", "delete"):
        for row in await connection().fetch(_BASES, operation_id):
            enqueue("enrol_base", base_id=row["base_id"])


def _refusal(view: OperationView) -> str:
    if view.state in ("prepared", "running"):
        return _("Only what has ended can be undone. Cancel it first.")
    if view.undo_state is not None:
        return _("This has already been undone.")
    if view.purged_at is not None:
        return _("These contacts were deleted too long ago to be put back.")
    return _("There is nothing to undo.")
