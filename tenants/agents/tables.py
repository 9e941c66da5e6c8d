"""Users of a workspace (the agents among them) and their API tokens."""

from piccolo.columns import UUID, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from ringyard.kit.db import DB


class User(Table, tablename="users", db=DB):
    id = UUID(primary_key=True, default=None)
    number = Integer(default=None)
    login = Text()
    email = Text(null=True, default=None)
    name = Text()
    role = Text()
    password_hash = Text(null=True, default=None)
    extension = Text(null=True, default=None)
    sip_password = Text(null=True, default=None)
    active = Boolean(default=True)
    language = Text(default="en")
    state = Text(default="offline")
    state_since = Timestamptz()
    created_at = Timestamptz()


class Token(Table, tablename="tokens", db=DB):
    id = UUID(primary_key=True, default=None)
    user_id = UUID(default=None)
    name = Text()
    token_hash = Bytea()
    created_at = Timestamptz()
    last_used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
