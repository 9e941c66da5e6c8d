"""API tokens: made by a user for themselves, shown once, stored as a hash. Inside an open workspace transaction."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.text import _

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class TokenView:
    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


async def create(user_id: UUID, name: str) -> str:
    """Gives the secret, which is nowhere stored. Raises Invalid for an empty or too long name."""
    if not 1 <= len(name) <= LONGEST_NAME:
        raise invalid("name", _("Give the token a name of at most {n} characters.", n=LONGEST_NAME))
    secret = f"ry_{secrets.token_urlsafe(32)}"
    await connection().execute(
        "insert into tokens (id, user_id, name, token_hash) values ($1, $2, $3, $4)",
        new_id(), user_id, name, hashlib.sha256(secret.encode()).digest(),
    )  # fmt: skip
    return secret


async def of_user(user_id: UUID) -> list[TokenView]:
    """The user's living tokens, newest first."""
    rows = await connection().fetch(
        """select id, name, created_at, last_used_at from tokens
           where user_id = $1 and revoked_at is null order by created_at desc""",
        user_id,
    )
    return [TokenView(**row) for row in rows]


async def revoke(user_id: UUID, token_id: UUID) -> None:
    """The token is worthless from the commit on. Raises NotFound for one that is not this user's."""
    revoked = await connection().fetchval(
        "update tokens set revoked_at = now() where id = $1 and user_id = $2 and revoked_at is null returning true",
        token_id, user_id,
    )  # fmt: skip
    if not revoked:
        raise NotFound(_("There is no such token."))
