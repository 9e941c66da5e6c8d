"""Work on many contacts."""

from piccolo.columns import JSONB, UUID, BigInt, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Operation(Table, tablename="operations", db=DB):
    id = UUID(primary_key=True, default=None)
    kind = Text()
    value = JSONB(default="{}")
    filter = JSONB(default="{}")
    selection_key = Text(null=True, default=None)
    state = Text(default="running")
    total = BigInt(default=0)
    position = BigInt(default=0)
    changed = BigInt(default=0)
    skipped = BigInt(default=0)
    error = Text(null=True, default=None)
    file_name = Text(null=True, default=None)
    file_key = Text(null=True, default=None)
    file_size = BigInt(null=True, default=None)
    created_by = UUID(null=True, default=None)
    created_at = Timestamptz()
    moved_at = Timestamptz()
    finished_at = Timestamptz(null=True, default=None)
    undo_state = Text(null=True, default=None)
    undone_at = Timestamptz(null=True, default=None)
    undone = BigInt(default=0)
    undo_after = BigInt(default=0)
    purged_at = Timestamptz(null=True, default=None)
