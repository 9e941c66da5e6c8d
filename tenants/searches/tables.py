"""Searches that users saved under a name."""

from piccolo.columns import JSONB, UUID, Boolean, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Search(Table, tablename="searches", db=DB):
    id = UUID(primary_key=True, default=None)
    user_id = UUID(default=None)
    name = Text()
    shared = Boolean(default=False)
    filter = JSONB()
    created_at = Timestamptz()
