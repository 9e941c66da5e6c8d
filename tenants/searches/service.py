"""What can be done with saved searches. Runs inside an open workspace transaction."""

from uuid import UUID

import asyncpg

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.names import name_unique
from tenants.searches.fields import SearchChange, SearchFields, SearchView, problems
from tenants.searches.tables import Search

MOST_SHOWN = 100
_SHOWN = """
select s.id, s.name, s.filter, s.shared, s.user_id = $1 as mine, u.name as owner, s.created_at
from searches s join users u on u.id = s.user_id where (s.user_id = $1 or s.shared)
"""


async def list_searches(user_id: UUID) -> list[SearchView]:
    """This user's own and everybody's shared ones, by name."""
    rows = await connection().fetch(f"{_SHOWN} order by lower(s.name), s.id limit {MOST_SHOWN}", user_id)
    return [_view(row) for row in rows]


async def search(search_id: UUID, user_id: UUID) -> SearchView:
    """Raises NotFound, also for what another user did not share."""
    row = await connection().fetchrow(f"{_SHOWN} and s.id = $2", user_id, search_id)
    if row is None:
        raise NotFound(_("There is no such saved search."))
    return _view(row)


async def save_search(fields: SearchFields, user_id: UUID) -> SearchView:
    """Raises Invalid."""
    _check(fields)
    search_id = new_id()
    with name_unique():
        await Search(
            id=search_id, user_id=user_id, name=fields.name.strip(), shared=fields.shared, filter=fields.filter,
            created_at=now(),
        ).save()  # fmt: skip
    return await search(search_id, user_id)


async def change_search(search_id: UUID, change: SearchChange, user_id: UUID) -> SearchView:
    """Raises NotFound, also for a search that another user shared, and Invalid."""
    old = await _own(search_id, user_id)
    fields = patched(SearchFields(name=old.name, filter=old.filter, shared=old.shared), change)
    _check(fields)
    with name_unique():
        await Search.update(
            {Search.name: fields.name.strip(), Search.filter: fields.filter, Search.shared: fields.shared}
        ).where(Search.id == search_id)
    return await search(search_id, user_id)


async def delete_search(search_id: UUID, user_id: UUID) -> None:
    """Raises NotFound, also for a search that another user shared."""
    await _own(search_id, user_id)
    await Search.delete().where(Search.id == search_id)


async def _own(search_id: UUID, user_id: UUID) -> SearchView:
    found = await search(search_id, user_id)
    if not found.mine:
        raise NotFound(_("Only who saved this search can change it."))
    return found


def _check(fields: SearchFields) -> None:
    wrong = problems(fields)
    if wrong:
        raise Invalid(_("The search cannot be saved yet."), wrong)


def _view(row: asyncpg.Record) -> SearchView:
    return SearchView(**{name: row[name] for name in SearchView.__struct_fields__})
