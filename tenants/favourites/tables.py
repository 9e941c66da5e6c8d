"""Favourites: one row for each star."""

from piccolo.columns import UUID, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class Favourite(Table, tablename="favourites", db=DB):
    """The key is (user_id, contact_id); Piccolo needs to know one column of it as primary."""

    user_id = UUID(primary_key=True, default=None)
    contact_id = UUID(default=None)
    created_at = Timestamptz()
