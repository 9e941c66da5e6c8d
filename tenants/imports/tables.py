"""Imports and the junk they left."""

from piccolo.columns import JSONB, UUID, BigInt, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Import(Table, tablename="imports", db=DB):
    id = UUID(primary_key=True, default=None)
    base_id = UUID(default=None)
    file_name = Text()
    file_key = Text()
    size = BigInt()
    encoding = Text()
    delimiter = Text()
    columns = JSONB()
    country = Text()
    header = Boolean()
    duplicates = Text(default="merge")
    state = Text(default="preview")
    rows = BigInt(default=0)
    added = BigInt(default=0)
    merged = BigInt(default=0)
    skipped = BigInt(default=0)
    junk = BigInt(default=0)
    bytes_done = BigInt(default=0)
    position = BigInt(default=0)
    error = Text(null=True, default=None)
    created_by = UUID(null=True, default=None)
    created_at = Timestamptz()
    confirmed_at = Timestamptz(null=True, default=None)
    moved_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    undone_at = Timestamptz(null=True, default=None)
    removed = BigInt(default=0)


class Junk(Table, tablename="junk", db=DB):
    id = UUID(primary_key=True, default=None)
    import_id = UUID(default=None)
    base_id = UUID(default=None)
    row_number = BigInt()
    column_number = Integer(null=True, default=None)
    cells = JSONB()
    reason = Text()
    created_at = Timestamptz()
