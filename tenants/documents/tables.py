"""Documents: files that belong to one contact."""

from piccolo.columns import UUID, BigInt, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Document(Table, tablename="documents", db=DB):
    id = UUID(primary_key=True, default=None)
    contact_id = UUID(default=None)
    name = Text()
    file_key = Text()
    content_type = Text()
    size = BigInt()
    created_by = UUID(null=True, default=None)
    created_at = Timestamptz()
