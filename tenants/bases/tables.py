"""Bases: the lists that contacts belong to."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Base(Table, tablename="bases", db=DB):
    id = UUID(primary_key=True, default=None)
    name = Text()
    group_name = Text(default="")
    created_at = Timestamptz()
