"""Trunks: the ways out to carriers."""

from piccolo.columns import UUID, Integer, Serial, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Trunk(Table, tablename="trunks", db=DB):
    id = UUID(primary_key=True, default=None)
    number = Serial()
    name = Text()
    kind = Text()
    host = Text(default="")
    port = Integer(default=5060)
    username = Text(default="")
    password = Text(default="")
    max_channels = Integer(default=30)
    max_cps = Integer(default=5)
    caller_id = Text(default="")
    status = Text(default="unknown")
    created_at = Timestamptz()
