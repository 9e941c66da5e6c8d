"""Comments: what people write on a contact's card, one below the other."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Comment(Table, tablename="contact_comments", db=DB):
    id = UUID(primary_key=True, default=None)
    contact_id = UUID(default=None)
    user_id = UUID(null=True, default=None)
    text = Text()
    created_at = Timestamptz()
    changed_at = Timestamptz(null=True, default=None)
