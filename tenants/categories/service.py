"""What can be done with categories. Runs inside an open workspace transaction."""

from uuid import UUID

import asyncpg

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, by_name, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.categories.fields import CategoryChange, CategoryFields, CategoryView, problems
from tenants.categories.tables import Category
from tenants.names import name_unique

_SHOWN = ", ".join(CategoryView.__struct_fields__)


async def list_categories(limit: int = 50, cursor: str | None = None) -> Page[CategoryView]:
    """By name."""
    after = by_name(cursor)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as key from categories
            where $1::text is null or (lower(name), id) > ($1, $2::uuid)
            order by lower(name), id limit $3""",
        *(after or (None, None)), limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["key"], row["id"]))


async def every_category() -> list[CategoryView]:
    """By name, for pages that show them all."""
    rows = await connection().fetch(f"select {_SHOWN} from categories order by lower(name), id")
    return [_view(row) for row in rows]


async def category(category_id: UUID) -> CategoryView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from categories where id = $1", category_id)
    if row is None:
        raise NotFound(_("There is no such category."))
    return _view(row)


async def create_category(fields: CategoryFields) -> CategoryView:
    """Raises Invalid."""
    _check(fields)
    category_id = new_id()
    with name_unique():
        await Category(id=category_id, name=fields.name.strip(), colour=fields.colour, created_at=now()).save()
    return await category(category_id)


async def change_category(category_id: UUID, change: CategoryChange) -> CategoryView:
    """Raises NotFound, Invalid."""
    old = await category(category_id)
    fields = patched(CategoryFields(name=old.name, colour=old.colour), change)
    _check(fields)
    with name_unique():
        await Category.update({Category.name: fields.name.strip(), Category.colour: fields.colour}).where(
            Category.id == category_id
        )
    return await category(category_id)


async def delete_category(category_id: UUID) -> None:
    """The contacts stay and lose the label. Raises NotFound."""
    await category(category_id)
    await connection().execute(
        """update contacts set category_ids = array_remove(category_ids, $1::uuid), modified_at = now()
           where category_ids @> array[$1::uuid]""",
        category_id,
    )
    await Category.delete().where(Category.id == category_id)


def _check(fields: CategoryFields) -> None:
    wrong = problems(fields)
    if wrong:
        raise Invalid(_("The category cannot be saved yet."), wrong)


def _view(row: asyncpg.Record) -> CategoryView:
    return CategoryView(**{name: row[name] for name in CategoryView.__struct_fields__})
