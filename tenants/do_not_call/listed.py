"""Which numbers must not be called: those on the workspace's list and on the service's. Inside a workspace transaction.

The service's list cannot be read by a workspace: `ext.on_service_list` only answers about numbers it is asked about.
"""

from collections.abc import Sequence

from ringyard.kit.db import connection


def listed_among(numbers: str) -> str:
    """SQL for the listed ones of `numbers`, an SQL expression for an array of texts; a number may come twice."""
    return f"""select d.number from do_not_call d where d.number = any ({numbers})
               union all select s.number from ext.on_service_list({numbers}) as s (number)"""


async def blocked(numbers: Sequence[str]) -> set[str]:
    """Those of these E.164 numbers that stand on either list."""
    rows = await connection().fetch(listed_among("$1::text[]"), list(numbers))
    return {row["number"] for row in rows}
