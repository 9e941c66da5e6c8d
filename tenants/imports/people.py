"""Who can be responsible for imported contacts. Runs inside an open workspace transaction."""

from uuid import UUID

from ringyard.kit.db import connection


async def people() -> dict[str, str]:
    """Active users' ids by lower-cased login, e-mail and name; a login beats a name."""
    rows = await connection().fetch("select id, login, email, name from users where active order by number desc")
    found: dict[str, str] = {}
    for column in ("name", "email", "login"):
        found |= {row[column].lower(): str(row["id"]) for row in rows if row[column]}
    return found


async def agents() -> list[tuple[UUID, str]]:
    """Active users' ids and names, by name."""
    rows = await connection().fetch("select id, name from users where active order by lower(name), id")
    return [(row["id"], row["name"]) for row in rows]
