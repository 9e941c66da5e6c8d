"""What can be asked of bulk operations. Runs inside an open workspace transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import Conflict, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.contacts.selection import ContactSelection, Frozen, freeze
from tenants.events import emit
from tenants.jobs import enqueue
from tenants.operations.fields import Kind, NewOperation, OperationView
from tenants.operations.tables import Operation
from tenants.operations.values import checked

_SHOWN = ", ".join(OperationView.__struct_fields__)


async def list_operations(
    limit: int = 50, cursor: str | None = None, user_id: UUID | None = None
) -> Page[OperationView]:
    """The newest first, without those that nobody confirmed; only one user's where one is named."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select {_SHOWN} from operations
            where state <> 'prepared' and kind <> 'erase'
                  and ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid))
                  and ($3::uuid is null or created_by = $3)
            order by created_at desc, id desc limit $4""",
        *after, user_id, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: OperationView(**row), lambda row: (row["created_at"], row["id"]))


async def operation(operation_id: UUID, *, locked: bool = False) -> OperationView:
    """Raises NotFound; an erasure is shown elsewhere."""
    row = await connection().fetchrow(
        f"select {_SHOWN} from operations where id = $1 and kind <> 'erase' {'for update' if locked else ''}",
        operation_id,
    )
    if row is None:
        raise NotFound(_("There is no such operation."))
    return OperationView(**row)


async def new_operation(new: NewOperation, user_id: UUID | None) -> OperationView:
    """Its contacts are chosen and counted now. Raises Invalid."""
    kind, value = await checked(new.kind, new.value)
    view = await prepare(kind, value, new, user_id)
    return await start(view.id) if new.start else view


async def prepare(
    kind: Kind,
    value: dict[str, Any],
    selection: ContactSelection,
    user_id: UUID | None,
    check: Callable[[int], None] | None = None,
) -> OperationView:
    """An operation that waits for its confirmation. Raises Invalid where there are no such contacts, and what `check`
    raises for their number.
    """
    frozen = await freeze(selection)
    try:
        if check is not None:
            check(frozen.count)
        return await _saved(kind, value, selection, frozen, user_id)
    except BaseException:
        await store.delete(frozen.key)
        raise


async def _saved(
    kind: Kind, value: dict[str, Any], selection: ContactSelection, frozen: Frozen, user_id: UUID | None
) -> OperationView:
    if not frozen.count:
        raise invalid("ids" if selection.filter is None else "filter", _("There are no such contacts."))
    operation_id, at = new_id(), now()
    await Operation(
        id=operation_id, kind=kind, value=value, filter=_filter(selection), selection_key=frozen.key, state="prepared",
        total=frozen.count, created_by=user_id, created_at=at, moved_at=at,
    ).save()  # fmt: skip
    return await operation(operation_id)


async def start(operation_id: UUID) -> OperationView:
    """The confirmation; twice does nothing more. Raises NotFound, and Conflict once it has been cancelled."""
    view = await operation(operation_id, locked=True)
    if view.state == "cancelled":
        raise Conflict(_("This was cancelled. Choose the contacts anew."))
    if view.state == "prepared":
        await connection().execute(
            "update operations set state = 'running', moved_at = $2 where id = $1", operation_id, now()
        )
        emit("operation.started", id=operation_id, kind=view.kind, total=view.total)
        enqueue("run_operation", operation_id=str(operation_id))
    return await operation(operation_id)


async def cancel(operation_id: UUID) -> OperationView:
    """What is done stays until an undo. Raises NotFound, and Conflict once it has ended."""
    view = await operation(operation_id, locked=True)
    if view.state not in ("prepared", "running"):
        raise Conflict(_("This has already ended."))
    await end(operation_id, "cancelled")
    return await operation(operation_id)


async def end(operation_id: UUID, state: str, error: str | None = None) -> None:
    """Once, whoever comes first. Who was selected stays known where a file tells of them: an erasure asks for that."""
    row = await connection().fetchrow(
        """update operations o set state = $2, error = $3, finished_at = $4,
               selection_key = case when $2 = 'done' and o.kind = 'export' then o.selection_key end
           from operations before where o.id = $1 and before.id = o.id and o.state in ('prepared', 'running')
           returning before.selection_key as key, o.selection_key is null as over, o.kind, o.value, o.changed""",
        operation_id, state, error, now(),
    )  # fmt: skip
    if row is None:
        return
    key = row["key"]
    if key and row["over"]:
        after_commit(lambda: store.delete(key))
    emit("operation.done", id=operation_id, kind=row["kind"], state=state)
    if row["kind"] == "base" and row["changed"]:
        enqueue("enrol_base", base_id=row["value"]["base_id"])


def _filter(selection: ContactSelection) -> Any:
    """Only what was chosen, for whoever looks at the list of operations later."""
    return msgspec.to_builtins(selection.filter) if selection.filter is not None else {}
