"""What a scenario's form offers as destinations. Inside an open workspace transaction."""

from ringyard.kit.db import connection

_OFFERED = {
    "record": "select id, name from audio where state = 'ready' order by lower(name), id limit 1000",
    "extension": """select id, extension || ' · ' || name as name from users
                    where active and extension is not null order by extension limit 1000""",
    "trunk": "select id, name from trunks order by lower(name), id limit 1000",
}


async def targets() -> dict[str, list[tuple[str, str]]]:
    """Pairs (id, name) by the kind of destination."""
    return {
        kind: [(str(row["id"]), row["name"]) for row in await connection().fetch(query)]
        for kind, query in _OFFERED.items()
    }
