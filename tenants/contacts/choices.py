"""What contacts can be filtered by and given: pairs (id, name). Runs inside an open workspace transaction."""

from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from tenants.categories.fields import CategoryView
from tenants.categories.service import every_category
from tenants.outcomes.fields import OutcomeView
from tenants.outcomes.service import every_outcome

Pairs = list[tuple[UUID, str]]


class ListChoices(msgspec.Struct, frozen=True, kw_only=True):
    bases: Pairs
    groups: list[str]
    agents: Pairs
    categories: dict[UUID, CategoryView]
    outcomes: dict[UUID, OutcomeView]

    @property
    def agent_names(self) -> dict[UUID, str]:
        return dict(self.agents)

    @property
    def base_names(self) -> dict[UUID, str]:
        return dict(self.bases)


async def list_choices() -> ListChoices:
    """Agents that were switched off are there too: contacts may still be theirs."""
    bases = await connection().fetch(
        "select id, name, group_name from bases order by lower(group_name), lower(name), id"
    )
    agents = await connection().fetch("select id, name from users order by lower(name), id")
    return ListChoices(
        bases=[(row["id"], row["name"]) for row in bases],
        groups=list(dict.fromkeys(row["group_name"] for row in bases if row["group_name"])),
        agents=[(row["id"], row["name"]) for row in agents],
        categories={one.id: one for one in await every_category()},
        outcomes={one.id: one for one in await every_outcome()},
    )


async def regions() -> list[str]:
    """Those that contacts have. One look into the index for each, however many contacts there are."""
    rows = await connection().fetch(
        """with recursive found as (
               (select region from contacts where region > '' order by region limit 1)
               union all
               select (select c.region from contacts c where c.region > f.region order by c.region limit 1)
               from found f where f.region is not null)
           select region from found where region is not null limit 500"""
    )
    return [row["region"] for row in rows]


async def recent_imports() -> Pairs:
    """The newest hundred that brought contacts, by their file's name."""
    rows = await connection().fetch(
        "select id, file_name from imports where added > 0 order by created_at desc, id limit 100"
    )
    return [(row["id"], row["file_name"]) for row in rows]
