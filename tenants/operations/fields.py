"""What a bulk operation is, as its users see it. Pure."""

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec

from tenants.contacts.selection import ContactSelection

Change = Literal["category_add", "category_remove", "responsible", "base", "status", "do_not_call", "delete"]
Kind = Literal[Change, "export"]
State = Literal["prepared", "running", "done", "failed", "cancelled"]

ENDED = ("done", "failed", "cancelled")
KEPT = timedelta(days=7)
"""So long a deletion can be undone, and an export's file can be downloaded."""


class NewOperation(ContactSelection, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`value` by `kind`: a category's id, a person's id (null: nobody), a base's id, a status, or for `do_not_call` the
    reason; none for `delete`. With `start` false the work waits for its confirmation.
    """

    kind: Change
    value: str | None = None
    start: bool = True


class OperationView(msgspec.Struct, frozen=True, kw_only=True):
    """`total` contacts were selected, `position` of them are done, `changed` of these became different; `skipped` were
    in a call and stay. `undone` of the changed ones are as before again.
    """

    id: UUID
    kind: Kind
    value: dict[str, Any]
    filter: dict[str, Any]
    state: State
    total: int
    position: int
    changed: int
    skipped: int
    error: str | None
    file_name: str | None
    file_size: int | None
    created_by: UUID | None
    created_at: datetime
    finished_at: datetime | None
    undo_state: Literal["running", "done"] | None
    undone_at: datetime | None
    undone: int
    purged_at: datetime | None

    @property
    def busy(self) -> bool:
        return self.state == "running" or self.undo_state == "running"

    @property
    def progress(self) -> float:
        """From 0 to 1, of the undo once it runs."""
        if self.undo_state is not None:
            return min(self.undone / max(self.changed, 1), 1.0)
        return min(self.position / max(self.total, 1), 1.0)

    @property
    def undoable(self) -> bool:
        return (
            self.kind != "export"
            and self.state in ENDED
            and self.undo_state is None
            and self.purged_at is None
            and self.changed > 0
        )
