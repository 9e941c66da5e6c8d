"""Contacts that a user has starred. Runs inside an open workspace transaction."""

from uuid import UUID

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.text import _


async def is_favourite(user_id: UUID, contact_id: UUID) -> bool:
    """Raises NotFound for no contact."""
    row = await connection().fetchrow(
        """select exists (select from contacts where id = $2) as known,
                  exists (select from favourites where user_id = $1 and contact_id = $2) as starred""",
        user_id, contact_id,
    )  # fmt: skip
    if row is None or not row["known"]:
        raise NotFound(_("There is no such contact."))
    return bool(row["starred"])


async def star(user_id: UUID, contact_id: UUID) -> None:
    """Raises NotFound. A second star changes nothing."""
    await is_favourite(user_id, contact_id)
    await connection().execute(
        "insert into favourites (user_id, contact_id) values ($1, $2) on conflict do nothing", user_id, contact_id
    )


async def unstar(user_id: UUID, contact_id: UUID) -> None:
    """Raises NotFound. Also for one without a star."""
    await is_favourite(user_id, contact_id)
    await connection().execute("delete from favourites where user_id = $1 and contact_id = $2", user_id, contact_id)
