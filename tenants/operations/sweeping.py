"""What is found again or thrown away each minute: work that a crash left, files and snapshots whose time is over.

Inside an open workspace transaction; each part is small, the rest comes with the next minute.
"""

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from tenants.jobs import enqueue
from tenants.operations.fields import KEPT
from tenants.operations.leftovers import drop_leftovers
from tenants.operations.restoring import forget_snapshots

_STALLED_S = 60
_UNCONFIRMED_S = 3600
_SNAPSHOTS = 2_000


async def sweep_operations() -> None:
    await _resume()
    await _drop_unconfirmed()
    await _delete_files()
    await _purge()
    if now().minute == 0:
        await drop_leftovers()


async def _resume() -> None:
    rows = await connection().fetch(
        """select id, state = 'running' as runs from operations
           where (state = 'running' and kind <> 'erase' or undo_state = 'running')
                 and moved_at < now() - make_interval(secs => $1)""",
        _STALLED_S,
    )
    for row in rows:
        enqueue("run_operation" if row["runs"] else "undo_operation", operation_id=str(row["id"]))


async def _drop_unconfirmed() -> None:
    rows = await connection().fetch(
        """delete from operations where state = 'prepared' and created_at < now() - make_interval(secs => $1)
           returning selection_key as key""",
        _UNCONFIRMED_S,
    )
    _delete([row["key"] for row in rows])


async def _delete_files() -> None:
    """Of exports that were offered long enough."""
    rows = await connection().fetch(
        """update operations o set file_key = null, selection_key = null, purged_at = now() from operations before
           where before.id = o.id and o.kind = 'export' and o.file_key is not null
                 and o.finished_at < now() - $1::interval
           returning before.file_key, before.selection_key""",
        KEPT,
    )
    _delete([key for row in rows for key in row if key is not None])


async def _purge() -> None:
    """Contacts that were deleted too long ago to be put back are forgotten for good, some thousand at a time."""
    operation_id = await connection().fetchval(
        """select id from operations where kind = 'delete' and purged_at is null and finished_at < now() - $1::interval
           and undo_state is distinct from 'running' limit 1""",
        KEPT,
    )
    if operation_id is None:
        return
    rows = await connection().fetch(
        "select id from changes where operation_id = $1 and before ? 'contact' order by id limit $2",
        operation_id, _SNAPSHOTS,
    )  # fmt: skip
    await forget_snapshots([row["id"] for row in rows])
    if len(rows) < _SNAPSHOTS:
        await connection().execute("update operations set purged_at = now() where id = $1", operation_id)


def _delete(keys: list[str]) -> None:
    for key in keys:
        after_commit(lambda key=key: store.delete(key))  # type: ignore[misc] # bound now, called once
