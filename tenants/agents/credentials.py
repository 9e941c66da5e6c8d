"""Finding the account that a request claims to act for. Runs inside an open workspace transaction."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from ringyard.kit.db import connection

_FIELDS = ("id", "login", "email", "name", "role", "extension", "language")
_COLUMNS = ", ".join(f"u.{name}" for name in (*_FIELDS, "password_hash"))


@dataclass(frozen=True, slots=True)
class Account:
    """An active user. `stamp` changes with the password, so that sessions end with it."""

    id: UUID
    login: str
    email: str | None
    name: str
    role: str
    extension: str | None
    language: str
    stamp: str


def _account(row: asyncpg.Record | None) -> Account | None:
    if row is None:
        return None
    fields = {name: row[name] for name in _FIELDS}
    password_hash = row["password_hash"] or ""
    return Account(**fields, stamp=hashlib.sha256(password_hash.encode()).hexdigest()[:16])


async def by_id(user_id: UUID) -> Account | None:
    row = await connection().fetchrow(f"select {_COLUMNS} from users u where u.id = $1 and u.active", user_id)
    return _account(row)


async def by_token(token_hash: bytes) -> Account | None:
    """The active owner of a token that is not revoked. Notes the use, at most once a minute."""
    row = await connection().fetchrow(
        f"""select {_COLUMNS}, t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as stale
            from tokens t join users u on u.id = t.user_id
            where t.token_hash = $1 and t.revoked_at is null and u.active""",
        token_hash,
    )
    if row is None:
        return None
    if row["stale"]:
        await connection().execute("update tokens set last_used_at = now() where token_hash = $1", token_hash)
    return _account(row)


async def by_name(login: str) -> Account | None:
    """The active account with this login, whether or not it has a password yet."""
    row = await connection().fetchrow(
        f"select {_COLUMNS} from users u where lower(u.login) = lower($1) and u.active", login
    )
    return _account(row)


async def by_login(login: str) -> tuple[Account, str] | None:
    """The active account with this login and its password hash; letters' case does not matter."""
    row = await connection().fetchrow(
        f"select {_COLUMNS} from users u where lower(u.login) = lower($1) and u.active", login
    )
    account = _account(row)
    if row is None or account is None or not row["password_hash"]:
        return None
    return account, row["password_hash"]
