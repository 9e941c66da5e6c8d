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
    bases = await connection().fetch("select id, name from bases order by lower(group_name), lower(name), id")
    agents = await connection().fetch("select id, name from users order by lower(name), id")
    return ListChoices(
        bases=[(row["id"], row["name"]) for row in bases],
        agents=[(row["id"], row["name"]) for row in agents],
        categories={one.id: one for one in await every_category()},
        outcomes={one.id: one for one in await every_outcome()},
    )
