"""Contacts and their phones."""

from piccolo.columns import JSONB, UUID, Array, Boolean, SmallInt, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Contact(Table, tablename="contacts", db=DB):
    id = UUID(primary_key=True, default=None)
    base_id = UUID(default=None)
    name = Text(default="")
    email = Text(default="")
    region = Text(default="")
    timezone = Text(default="")
    responsible_id = UUID(null=True, default=None)
    outcome_id = UUID(null=True, default=None)
    category_ids = Array(base_column=UUID(default=None))
    status = Text(default="new")
    comment = Text(default="")
    external_id = Text(default="")
    custom = JSONB(default="{}")
    import_id = UUID(null=True, default=None)
    created_at = Timestamptz()
    modified_at = Timestamptz()


class Phone(Table, tablename="phones", db=DB):
    """The key is (contact_id, position); Piccolo needs to know one column of it as primary."""

    contact_id = UUID(primary_key=True, default=None)
    position = SmallInt()
    number = Text()
    kind = Text(default="")
    region = Text(default="")
    timezone = Text(default="")
    bad = Boolean(default=False)
