"""Audio files: what scenarios play."""

from piccolo.columns import UUID, DoublePrecision, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Audio(Table, tablename="audio", db=DB):
    id = UUID(primary_key=True, default=None)
    name = Text()
    state = Text(default="processing")
    duration_s = DoublePrecision(null=True, default=None)
    file_key = Text()
    error = Text(null=True, default=None)
    created_at = Timestamptz()
