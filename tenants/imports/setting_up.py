"""An import from its upload to the last change of its settings: guess, template, choices, and the dry run they ask for.

Runs inside an open workspace transaction.
"""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Invalid, NotFound, invalid
from ringyard.kit.text import _
from tenants.bases.fields import BaseFields
from tenants.bases.service import create_base, named_base
from tenants.context import current
from tenants.custom_fields.fields import CustomFieldView, key_named
from tenants.custom_fields.service import every_custom_field
from tenants.imports import guess
from tenants.imports.fields import ImportDetail
from tenants.imports.heads import head_of
from tenants.imports.history import note
from tenants.imports.matching import fitting
from tenants.imports.plan import CUSTOM, ImportChange, ImportPlan, NewBase, width_problems
from tenants.imports.previewing import changed_plan, first_plan
from tenants.imports.service import import_detail, locked, require_preview
from tenants.imports.tables import Import
from tenants.imports.template_fields import TemplateView
from tenants.imports.templates import chosen_by, every_template, template, used
from tenants.imports.uploading import Upload
from tenants.jobs import enqueue

_CUT = ("encoding", "delimiter")
_OF_WORKBOOKS = {"encoding": "utf-8", "delimiter": ","}


class _Ground(msgspec.Struct, frozen=True):
    """The file's beginning, whether that is all of it, and whether its cut is given, as that of a workbook's text."""

    head: bytes
    whole: bool
    given: bool


class _Settled(msgspec.Struct):
    """A plan, and the template that it follows."""

    plan: ImportPlan
    template_id: UUID | None


async def create_import(
    upload: Upload, base_id: UUID | None, chosen: ImportChange, user_id: UUID | None = None
) -> ImportDetail:
    """An import in preview, with everything guessed that was not chosen. Raises Invalid; the caller then discards."""
    base_id = await _base_chosen(chosen, base_id)
    sample = upload.sample
    ground = _Ground(sample.head, len(sample.head) >= sample.size, upload.kind == "excel")
    if ground.given:
        chosen = msgspec.structs.replace(chosen, **_OF_WORKBOOKS)
    guessed = guess.encoding(sample.head, sample.is_utf8, sample.odd)
    plan = first_plan(ground.head, ground.whole, guessed, current().country, chosen)
    settled = await _settled(_Settled(plan, None), ground, chosen, anew=True)
    await Import(
        id=upload.id, base_id=base_id, file_name=upload.name, file_key=upload.key, size=sample.size, kind=upload.kind,
        original_key=upload.original_key, original_size=upload.original_size, created_by=user_id, created_at=now(),
        template_id=settled.template_id, **_stored(settled.plan),
    ).save()  # fmt: skip
    await note(upload.id, "uploaded", user_id)
    return await _counted_anew(upload.id)


async def change_import(import_id: UUID, chosen: ImportChange, user_id: UUID | None = None) -> ImportDetail:
    """Raises NotFound, Invalid, and Conflict once it has been confirmed."""
    row = await locked(import_id)
    require_preview(row)
    base_id = await _base_chosen(chosen, row["base_id"])
    ground = _Ground(*await head_of(import_id), row["kind"] == "excel")
    if ground.given:
        chosen = msgspec.structs.replace(chosen, encoding=UNSET, delimiter=UNSET)
    before = _Settled(ImportPlan(**{name: row[name] for name in ImportPlan.__struct_fields__}), row["template_id"])
    anew = any(getattr(chosen, name) is not UNSET for name in _CUT)
    settled = await _settled(before, ground, chosen, anew)
    if (settled.plan, settled.template_id, base_id) == (before.plan, before.template_id, row["base_id"]):
        return await import_detail(import_id)
    values: dict[Any, Any] = {
        **_stored(settled.plan), "base_id": base_id, "template_id": settled.template_id, "survey": None
    }  # fmt: skip
    await Import.update(values).where(Import.id == import_id)
    await note(import_id, "settings", user_id)
    return await _counted_anew(import_id)


async def base_groups() -> list[str]:
    """The groups that bases are in, by name."""
    rows = await connection().fetch("select distinct group_name from bases where group_name <> '' order by group_name")
    return [row["group_name"] for row in rows]


async def _settled(before: _Settled, ground: _Ground, chosen: ImportChange, anew: bool) -> _Settled:
    """The plan with the choices in it, and the template that was named or that fits a file cut anew."""
    plan = before.plan
    if chosen.template_id is None:
        plan = changed_plan(_without_template(plan), ground.head, ground.whole, chosen, anew=True)
        return await _checked(_Settled(plan, None))
    if chosen.template_id is not UNSET:
        one = await _named_template(chosen.template_id)
        return await _checked(_Settled(await _by_template(one, plan, ground, chosen), one.id))
    plan = changed_plan(plan, ground.head, ground.whole, chosen)
    if not anew or chosen.columns is not UNSET:
        return await _checked(_Settled(plan, before.template_id))
    found = guess.records(ground.head, ground.whole, plan.encoding, plan.delimiter)
    fits = fitting(await every_template(), found, plan.country)
    if fits is None:
        return await _checked(_Settled(plan, None))
    return await _checked(_Settled(await _by_template(fits, plan, ground, chosen), fits.id))


async def _by_template(one: TemplateView, plan: ImportPlan, ground: _Ground, chosen: ImportChange) -> ImportPlan:
    """The template's settings under the choices. The file's present cut stays where the template's columns fit it."""
    given = {name: value for name, value in _given(await chosen_by(one)).items() if name not in _CUT}
    width = guess.width(guess.records(ground.head, ground.whole, plan.encoding, plan.delimiter))
    if width != len(one.columns) and not ground.given:
        given |= {name: getattr(one, name) for name in _CUT if getattr(one, name)}
    try:
        by_template = changed_plan(plan, ground.head, ground.whole, ImportChange(**given))
    except Invalid as error:
        wrong = width_problems(one.columns, width)
        raise invalid("template_id", wrong[0].message if wrong else error.detail) from error
    await used(one.id)
    own = ImportChange(**{name: value for name, value in _given(chosen).items() if name != "template_id"})
    return changed_plan(by_template, ground.head, ground.whole, own)


def _given(change: ImportChange) -> dict[str, Any]:
    values = {name: getattr(change, name) for name in change.__struct_fields__}
    return {name: value for name, value in values.items() if value is not UNSET}


def _without_template(plan: ImportPlan) -> ImportPlan:
    """What the guess begins with: only how the file is cut stays."""
    return ImportPlan(
        encoding=plan.encoding, delimiter=plan.delimiter, columns=[], country=current().country, header=False
    )


async def _checked(settled: _Settled) -> _Settled:
    """Own fields by their keys. Raises Invalid beside a category or a person that is not there."""
    plan = settled.plan
    known = await connection().fetchval("select count(*) from categories where id = any($1::uuid[])", plan.category_ids)
    if known != len(set(plan.category_ids)):
        raise invalid("category_ids", _("There is no such category."))
    person = plan.responsible_id
    if person and not await connection().fetchval("select exists (select from users where id = $1 and active)", person):
        raise invalid("responsible_id", _("There is no such user."))
    columns = _by_key(plan.columns, await every_custom_field())
    return _Settled(msgspec.structs.replace(plan, columns=columns), settled.template_id)


def _by_key(columns: list[str], fields: list[CustomFieldView]) -> list[str]:
    """Own fields named by their keys; of two columns that mean the same field the first counts."""
    named: list[str] = []
    for column in columns:
        own = column.removeprefix(CUSTOM)
        found = CUSTOM + (key_named(own, fields) or own) if column.startswith(CUSTOM) else column
        named.append("skip" if column.startswith(CUSTOM) and found in named else found)
    return named


async def _base_chosen(chosen: ImportChange, present: UUID | None) -> UUID:
    if chosen.new_base is not UNSET:
        return await _new_base(chosen.new_base)
    base_id = present if chosen.base_id is UNSET else chosen.base_id
    if base_id is None:
        raise invalid("base_id", _("Choose a base, or name a new one."))
    return (await named_base(base_id)).id


async def _new_base(wanted: NewBase) -> UUID:
    """The base of that name, whatever its case; made now, in its group, if there is none."""
    known = await connection().fetchval("select id from bases where lower(name) = lower($1)", wanted.name.strip())
    return known or (await create_base(BaseFields(name=wanted.name, group=wanted.group))).id


async def _named_template(template_id: UUID) -> TemplateView:
    try:
        return await template(template_id)
    except NotFound as error:
        raise invalid("template_id", error.detail) from error


async def _counted_anew(import_id: UUID) -> ImportDetail:
    """The import as it is now set; its dry run begins, unless nothing could enter anyway."""
    detail = await import_detail(import_id)
    if not detail.problems:
        enqueue("survey_import", import_id=import_id)
    return detail


def _stored(plan: ImportPlan) -> dict[str, Any]:
    return msgspec.structs.asdict(plan)
