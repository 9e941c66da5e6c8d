"""What can be done with bases. Runs inside an open workspace transaction."""

from uuid import UUID

import asyncpg

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, Invalid, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, by_name, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.bases.fields import BaseChange, BaseFields, BaseView, problems
from tenants.bases.tables import Base
from tenants.names import name_problems, name_unique

_SHOWN = 'id, name, group_name as "group", created_at'


async def list_bases(limit: int = 50, cursor: str | None = None) -> Page[BaseView]:
    """By name."""
    after = by_name(cursor)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as key from bases
            where $1::text is null or (lower(name), id) > ($1, $2::uuid)
            order by lower(name), id limit $3""",
        *(after or (None, None)), limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["key"], row["id"]))


async def base_groups() -> list[str]:
    """Names of groups, by name."""
    rows = await connection().fetch(
        "select group_name from bases where group_name <> '' group by group_name order by lower(group_name), group_name"
    )
    return [row["group_name"] for row in rows]


async def rename_group(group: str, name: str) -> int:
    """Of all its bases; a name that another group has joins the two. Returns how many bases. Raises Invalid."""
    wrong = name_problems(name)
    if wrong:
        raise Invalid(_("The group cannot be renamed yet."), wrong)
    renamed = await connection().fetch(
        "update bases set group_name = $2 where group_name = $1 and $1 <> '' returning id", group, name.strip()
    )
    return len(renamed)


async def base(base_id: UUID) -> BaseView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from bases where id = $1", base_id)
    if row is None:
        raise NotFound(_("There is no such base."))
    return _view(row)


async def named_base(base_id: UUID) -> BaseView:
    """The base that a field `base_id` names. Raises Invalid beside that field."""
    try:
        return await base(base_id)
    except NotFound as error:
        raise invalid("base_id", error.detail) from error


async def base_called(name: str) -> BaseView:
    """The base of that name, whatever its case; made now if there is none. Raises Invalid for an impossible name."""
    base_id = await connection().fetchval("select id from bases where lower(name) = lower($1)", name.strip())
    return await base(base_id) if base_id else await create_base(BaseFields(name=name))


async def create_base(fields: BaseFields) -> BaseView:
    """Raises Invalid."""
    _check(fields)
    base_id = new_id()
    with name_unique():
        await Base(id=base_id, name=fields.name.strip(), group_name=fields.group.strip(), created_at=now()).save()
    return await base(base_id)


async def change_base(base_id: UUID, change: BaseChange) -> BaseView:
    """Raises NotFound, Invalid."""
    old = await base(base_id)
    fields = patched(BaseFields(name=old.name, group=old.group), change)
    _check(fields)
    with name_unique():
        await Base.update({Base.name: fields.name.strip(), Base.group_name: fields.group.strip()}).where(
            Base.id == base_id
        )
    return await base(base_id)


async def delete_base(base_id: UUID) -> None:
    """Raises NotFound, and Conflict while contacts, campaigns or an import hold it. Its old imports go too."""
    await base(base_id)
    used = await connection().fetchval(
        """select exists (select from contacts where base_id = $1) or exists (select from campaigns where base_id = $1)
               or exists (select from imports where base_id = $1 and state = 'running')""",
        base_id,
    )
    if used:
        raise Conflict(_("The base has contacts, a campaign or a running import, so it cannot be deleted."))
    await connection().execute("delete from imports where base_id = $1", base_id)
    await Base.delete().where(Base.id == base_id)


def _check(fields: BaseFields) -> None:
    wrong = problems(fields)
    if wrong:
        raise Invalid(_("The base cannot be saved yet."), wrong)


def _view(row: asyncpg.Record) -> BaseView:
    return BaseView(**{name: row[name] for name in BaseView.__struct_fields__})
