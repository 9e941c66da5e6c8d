"""What one user chose for themselves."""

from piccolo.columns import JSONB, UUID, Text
from piccolo.table import Table

from ringyard.kit.db import DB


class Preference(Table, tablename="preferences", db=DB):
    """The key is (user_id, key); Piccolo needs to know one column of it as primary."""

    user_id = UUID(primary_key=True, default=None)
    key = Text()
    value = JSONB()
