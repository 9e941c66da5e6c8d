"""Categories: labels that contacts carry, as many as a customer wants."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Category(Table, tablename="categories", db=DB):
    id = UUID(primary_key=True, default=None)
    name = Text()
    colour = Text(default="#64748b")
    created_at = Timestamptz()
