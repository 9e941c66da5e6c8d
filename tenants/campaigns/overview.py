"""What a campaign's page shows beside its fields: the names of its parts and its pace. Inside a transaction."""

from uuid import UUID

import msgspec

from ringyard.kit.db import connection


class Parts(msgspec.Struct, frozen=True):
    """The names of what a campaign is made of."""

    base: str
    scenario: str
    trunk: str


class Pace(msgspec.Struct, frozen=True):
    """Attempts begun and calls answered in the last minute; mean talk in seconds over all answered calls."""

    attempts: int
    answered: int
    mean_talk_s: float | None


async def parts_of(ids: list[UUID]) -> dict[UUID, Parts]:
    rows = await connection().fetch(
        """select c.id, b.name as base, s.name as scenario, t.name as trunk
           from campaigns c join bases b on b.id = c.base_id join scenarios s on s.id = c.scenario_id
           join trunks t on t.id = c.trunk_id where c.id = any ($1::uuid[])""",
        ids,
    )
    return {row["id"]: Parts(row["base"], row["scenario"], row["trunk"]) for row in rows}


async def pace_of(campaign_id: UUID) -> Pace:
    [row] = await connection().fetch(
        """select (select count(*) from calls where campaign_id = $1 and reserved_at > now() - interval '1 minute')
                      as attempts,
                  (select count(*) from calls where campaign_id = $1 and reserved_at > now() - interval '5 minutes'
                      and answered_at > now() - interval '1 minute') as answered,
                  (select avg(talk_s) from calls where campaign_id = $1 and answered_at is not null
                      and ended_at is not null) as mean_talk_s""",
        campaign_id,
    )
    return Pace(**row)


async def choices() -> dict[str, list[tuple[UUID, str]]]:
    """The bases, scenarios and trunks there are, by name: what a campaign's form offers."""
    found: dict[str, list[tuple[UUID, str]]] = {}
    for table in ("bases", "scenarios", "trunks", "campaigns"):
        rows = await connection().fetch(f"select id, name from {table} order by lower(name), id limit 1000")
        found[table] = [(row["id"], row["name"]) for row in rows]
    return found
