"""Outcomes: what agents say came of a call."""

from piccolo.columns import UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Outcome(Table, tablename="outcomes", db=DB):
    id = UUID(primary_key=True, default=None)
    name = Text()
    colour = Text(default="#64748b")
    kind = Text(default="other")
    position = Integer(default=0)
    created_at = Timestamptz()
