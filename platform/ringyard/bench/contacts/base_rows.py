"""A base of any size, filled by COPY: what a workspace holds after years, in statuses, categories and people in charge.

Search texts are written by the product's own statement. Each slice is a transaction of its own.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import asyncpg

from ringyard.bench.contacts.people import MOST, ZONES, Person, person, shuffled
from ringyard.kit.clock import now
from ringyard.kit.ids import new_id
from tenants.agents import service as agents
from tenants.bases.fields import BaseFields
from tenants.bases.service import create_base
from tenants.categories.fields import CategoryFields
from tenants.categories.service import create_category
from tenants.contacts.texts import store_texts
from tenants.outcomes.service import every_outcome
from tenants.workspace import workspace

SLICE = 25_000
AT_ONCE = 2
OTHERS = 9_000_000
"""People from this number on stand in the small bases."""

SPAN = timedelta(days=700)
EVERY_TENTH = "Every tenth"
"""A category that every tenth contact of the base has, and nobody else."""

_CATEGORIES = ("VIP", "Kraków", "Київ", "Berlin", "Leasing", "Kredyt", "Newsletter", "Targi 2026", "Stary klient")
_AGENTS = 8
_STATUSES = ("new",) * 12 + ("done",) * 5 + ("callback", "junk", "do_not_call")
_CONTACTS = (
    "id", "base_id", "name", "email", "region", "timezone", "responsible_id", "outcome_id", "category_ids", "status",
    "created_at", "modified_at",
)  # fmt: skip
_PHONES = ("contact_id", "position", "number", "kind", "region", "timezone")


@dataclass(frozen=True, slots=True)
class Contents:
    """What contacts of the workspace can be filtered by. `main` is the large base, the others are small."""

    main: UUID
    bases: list[UUID]
    categories: list[UUID]
    every_tenth: UUID
    agents: list[UUID]
    outcomes: list[UUID]


async def furnish() -> Contents:
    """An empty workspace's bases, categories, agents and outcomes."""
    async with workspace():
        bases = [(await create_base(BaseFields(name=name))).id for name in ("Main", "Leads", "Archive")]
        categories = [(await create_category(CategoryFields(name=name))).id for name in (*_CATEGORIES, EVERY_TENTH)]
        people = [
            await agents.create(agents.NewAgent(f"Agent {n}", f"agent{n}", "operator", None)) for n in range(_AGENTS)
        ]
        outcomes = [one.id for one in await every_outcome()]
    return Contents(bases[0], bases, categories[:-1], categories[-1], [one.id for one in people], outcomes)


async def fill(contents: Contents, first: int, end: int, say: Callable[[str], None]) -> None:
    """People `first` to `end` - 1: into the main base, and from number `OTHERS` on into the others."""
    starts = iter(range(first, end, SLICE))

    async def one_after_the_other() -> None:
        for start in starts:
            await _slice(contents, start, min(end, start + SLICE))
            if start > first and start % 500_000 == 0:
                say(f"  {start:,} are there")

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_the_other())


async def tidy_up(url: str, schema: str) -> None:
    """What autovacuum does in the days after so many rows have come; `url` is an administrator's."""
    connection = await asyncpg.connect(url, server_settings={"search_path": schema})
    try:
        for table in ("contacts", "phones", "contact_texts"):
            await connection.execute(f"vacuum analyze {table}")
    finally:
        await connection.close()


async def _slice(contents: Contents, start: int, end: int) -> None:
    made = [(new_id(), number, person(number)) for number in range(start, end)]
    async with workspace() as connection:
        await connection.copy_records_to_table("contacts", records=_contacts(contents, made), columns=_CONTACTS)
        await connection.copy_records_to_table("phones", records=_phones(made), columns=_PHONES)
        await store_texts([key for key, _, _ in made])


def _contacts(contents: Contents, made: list[tuple[UUID, int, Person]]) -> Iterator[tuple[object, ...]]:
    """The later in the base, the later modified, as imports leave it."""
    began, step = now() - SPAN, SPAN / MOST
    for key, number, one in made:
        dice = shuffled(number + 9_000_000_000)
        base = contents.main if number < OTHERS else contents.bases[1 + dice % 2]
        categories = [contents.categories[min(dice // 50 % 12, dice // 600 % 12) % len(contents.categories)]]
        if dice // 7200 % 2 or number % 10 == 0:
            categories = [] if number % 10 else [contents.every_tenth]
        agent = contents.agents[dice // 14400 % _AGENTS] if dice // 115200 % 3 == 0 else None
        outcome = contents.outcomes[dice // 345600 % len(contents.outcomes)] if dice // 3456000 % 5 < 2 else None
        at = began + number * step
        yield (
            key, base, one.name, one.email, one.country, ZONES[one.country], agent, outcome, categories,
            _STATUSES[dice // 17280000 % len(_STATUSES)], at, at,
        )  # fmt: skip


def _phones(made: list[tuple[UUID, int, Person]]) -> Iterator[tuple[object, ...]]:
    for key, _, one in made:
        for position, number in enumerate(one.numbers):
            yield key, position, number, "mobile", one.country, ZONES[one.country]
