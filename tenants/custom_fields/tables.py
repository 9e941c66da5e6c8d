"""Own fields: what a workspace wants to know of its contacts beside what every contact has."""

from piccolo.columns import UUID, Array, Integer, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class CustomField(Table, tablename="custom_fields", db=DB):
    """Values stand in the contacts' `custom` under `key`."""

    id = UUID(primary_key=True, default=None)
    key = Text()
    name = Text()
    kind = Text()
    choices = Array(base_column=Text())
    position = Integer(default=0)
    created_at = Timestamptz()
