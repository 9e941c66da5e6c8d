"""Whom a `responsible` column may name. Runs inside an open workspace transaction."""

from ringyard.kit.db import connection


async def people() -> dict[str, str]:
    """Active users' ids by lower-cased login, e-mail and name; a login beats a name."""
    rows = await connection().fetch("select id, login, email, name from users where active order by number desc")
    found: dict[str, str] = {}
    for column in ("name", "email", "login"):
        found |= {row[column].lower(): str(row["id"]) for row in rows if row[column]}
    return found
