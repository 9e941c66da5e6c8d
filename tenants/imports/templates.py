"""What can be done with the templates of how files are read. Runs inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import UNSET

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, Invalid, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, by_name, page
from ringyard.kit.text import _
from tenants.imports.heads import headings_of
from tenants.imports.plan import ImportChange, ImportPlan, change_problems, chosen_values
from tenants.imports.service import import_view
from tenants.imports.tables import ImportTemplate
from tenants.imports.template_fields import TemplateChange, TemplateFields, TemplateView
from tenants.names import name_problems, name_unique

_SHOWN = "id, name, headings, settings, builtin, created_at, used_at"
_PLAN = ImportPlan.__struct_fields__
_USUAL: dict[str, Any] = {
    "encoding": None, "delimiter": None, "country": None, "header": True, "duplicates": "merge",
    "duplicates_in_file": "merge", "duplicates_elsewhere": "add", "category_ids": [], "responsible_id": None,
}  # fmt: skip


async def list_templates(limit: int = 50, cursor: str | None = None) -> Page[TemplateView]:
    """By name."""
    after = by_name(cursor)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as key from import_templates
            where $1::text is null or (lower(name), id) > ($1, $2::uuid) order by lower(name), id limit $3""",
        *(after or (None, None)), limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["key"], row["id"]))


async def every_template() -> list[TemplateView]:
    """The customer's own before the built-in one, those used last first: what is to be proposed."""
    rows = await connection().fetch(
        f"select {_SHOWN} from import_templates order by builtin, used_at desc nulls last, lower(name), id"
    )
    return [_view(row) for row in rows]


async def template(template_id: UUID) -> TemplateView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from import_templates where id = $1", template_id)
    if row is None:
        raise NotFound(_("There is no such template."))
    return _view(row)


async def create_template(fields: TemplateFields, user_id: UUID | None = None) -> TemplateView:
    """Raises Invalid, also for an import that is unknown (NotFound)."""
    wrong = name_problems(fields.name)
    if wrong:
        raise Invalid(_("The template cannot be saved yet."), wrong)
    headings, settings = await _read_from(fields)
    template_id = new_id()
    with name_unique():
        await ImportTemplate(
            id=template_id, name=fields.name.strip(), headings=headings, width=len(settings["columns"]),
            settings=settings, created_by=user_id, created_at=now(),
        ).save()  # fmt: skip
    return await template(template_id)


async def change_template(template_id: UUID, change: TemplateChange) -> TemplateView:
    """Raises NotFound, Invalid, and Conflict for a built-in one."""
    await _own(template_id)
    values: dict[Any, Any] = {}
    if change.name is not UNSET:
        wrong = name_problems(change.name)
        if wrong:
            raise Invalid(wrong[0].message, wrong)
        values["name"] = change.name.strip()
    if change.import_id is not UNSET:
        headings, settings = await _of_import(change.import_id)
        values |= {"headings": headings, "settings": settings, "width": len(settings["columns"])}
    if values:
        with name_unique():
            await ImportTemplate.update(values).where(ImportTemplate.id == template_id)
    return await template(template_id)


async def delete_template(template_id: UUID) -> None:
    """Imports that were read by it keep their settings. Raises NotFound, and Conflict for a built-in one."""
    await _own(template_id)
    await ImportTemplate.delete().where(ImportTemplate.id == template_id)


async def used(template_id: UUID) -> None:
    await ImportTemplate.update({ImportTemplate.used_at: now()}).where(ImportTemplate.id == template_id)


async def chosen_by(one: TemplateView) -> ImportChange:
    """The choices that a template stands for, without categories and people who are no longer there."""
    values = {name: getattr(one, name) for name in _PLAN if getattr(one, name) is not None}
    values["category_ids"] = [
        row["id"]
        for row in await connection().fetch(
            "select id from categories where id = any($1::uuid[]) order by id", one.category_ids
        )
    ]
    values["responsible_id"] = await connection().fetchval(
        "select id from users where id = $1 and active", one.responsible_id
    )
    return ImportChange(**values)


async def _own(template_id: UUID) -> TemplateView:
    found = await template(template_id)
    if found.builtin:
        raise Conflict(_("This template is built in: it can be neither changed nor deleted."))
    return found


async def _read_from(fields: TemplateFields) -> tuple[list[str], dict[str, Any]]:
    if fields.import_id is not None:
        return await _of_import(fields.import_id)
    if not fields.columns:
        raise invalid("columns", _("Name what each column of the file is."))
    given = {name: getattr(fields, name) for name in _PLAN if getattr(fields, name) is not None}
    change = ImportChange(**given)
    wrong = change_problems(change)
    if wrong:
        raise Invalid(wrong[0].message, wrong)
    return list(fields.headings), _stored(chosen_values(change))


async def _of_import(import_id: UUID) -> tuple[list[str], dict[str, Any]]:
    view = await import_view(import_id)
    headings = await headings_of(import_id) if view.header else []
    return headings, _stored({name: getattr(view, name) for name in _PLAN})


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    return msgspec.to_builtins(values)  # type: ignore[no-any-return]


def _view(row: asyncpg.Record) -> TemplateView:
    fields = {name: value for name, value in row.items() if name in TemplateView.__struct_fields__}
    return msgspec.convert({**_USUAL, **row["settings"], **fields}, TemplateView)
