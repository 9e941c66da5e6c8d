"""What can be done with the definitions of own fields. Runs inside an open workspace transaction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.custom_fields.fields import (
    LONGEST_KEY,
    MOST_FIELDS,
    CustomFieldChange,
    CustomFieldFields,
    CustomFieldView,
    Kinds,
    key_named,
    key_of,
    problems,
    tidy_choices,
)
from tenants.custom_fields.tables import CustomField

_SHOWN = ", ".join(CustomFieldView.__struct_fields__)


async def list_custom_fields(limit: int = 50, cursor: str | None = None) -> Page[CustomFieldView]:
    """By position, then name."""
    after = decoded(cursor, tuple[int, str, UUID]) if cursor else (None, None, None)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as lower_name from custom_fields
            where $1::int is null or (position, lower(name), id) > ($1, $2::text, $3::uuid)
            order by position, lower(name), id limit $4""",
        *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["position"], row["lower_name"], row["id"]))


async def every_custom_field() -> list[CustomFieldView]:
    """By position, for pages that show them all."""
    rows = await connection().fetch(f"select {_SHOWN} from custom_fields order by position, lower(name), id")
    return [_view(row) for row in rows]


async def custom_kinds() -> Kinds:
    """Each key's kind and choices, in the fields' order."""
    return {one.key: (one.kind, tuple(one.choices)) for one in await every_custom_field()}


async def custom_field(field_id: UUID) -> CustomFieldView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from custom_fields where id = $1", field_id)
    if row is None:
        raise NotFound(_("There is no such field."))
    return _view(row)


async def create_custom_field(fields: CustomFieldFields) -> CustomFieldView:
    """Raises Invalid, and Conflict where there are as many as there may be."""
    known = await _locked()
    _check(fields, known)
    if len(known) >= MOST_FIELDS:
        raise Conflict(_("A workspace has at most {most} own fields.", most=MOST_FIELDS))
    return await _made(fields, fields.key or key_of(fields.name, [one.key for one in known]))


async def ensure_custom_fields(keys: Iterable[str]) -> dict[str, str]:
    """The key of the field that each of `keys` means; a text field is made for what no field is called.

    Raises Invalid (field `columns`) past the most fields that there may be.
    """
    known, found = await _locked(), {}
    for asked in dict.fromkeys(keys):
        found[asked] = key_named(asked, known) or asked[:LONGEST_KEY]
        if key_named(found[asked], known) is None:
            known.append(await _made(CustomFieldFields(name=found[asked], position=len(known)), found[asked]))
    if len(known) > MOST_FIELDS:
        raise invalid("columns", _("A workspace has at most {most} own fields.", most=MOST_FIELDS))
    return found


async def change_custom_field(field_id: UUID, change: CustomFieldChange) -> CustomFieldView:
    """Values of contacts stay as they are. Raises NotFound, Invalid."""
    known = await _locked()
    old = await custom_field(field_id)
    usual = {name: getattr(old, name) for name in CustomFieldFields.__struct_fields__}
    fields = patched(CustomFieldFields(**usual), change)
    _check(fields, [one for one in known if one.id != field_id])
    await CustomField.update(_stored(fields)).where(CustomField.id == field_id)
    return await custom_field(field_id)


async def delete_custom_field(field_id: UUID) -> None:
    """Contacts keep their values, unseen until a field of this key is made again. Raises NotFound."""
    await custom_field(field_id)
    await CustomField.delete().where(CustomField.id == field_id)


async def _locked() -> list[CustomFieldView]:
    """Every field, while nobody else makes or renames one."""
    await connection().execute("lock table custom_fields in share row exclusive mode")
    return await every_custom_field()


async def _made(fields: CustomFieldFields, key: str) -> CustomFieldView:
    field_id = new_id()
    await CustomField(id=field_id, key=key, created_at=now(), **_stored(fields)).save()
    return await custom_field(field_id)


def _check(fields: CustomFieldFields, others: list[CustomFieldView]) -> None:
    wrong = problems(fields)
    if fields.name.strip().lower() in {one.name.lower() for one in others}:
        wrong.append(FieldError("name", _("This name is taken. Choose another one.")))
    if fields.key.lower() in {one.key.lower() for one in others}:
        wrong.append(FieldError("key", _("Another field has this key.")))
    if wrong:
        raise Invalid(_("The field cannot be saved yet."), wrong)


def _stored(fields: CustomFieldFields) -> dict[Any, Any]:
    choices = tidy_choices(fields.choices) if fields.kind == "choice" else []
    stored = {**msgspec.structs.asdict(fields), "name": fields.name.strip(), "choices": choices}
    del stored["key"]
    return stored


def _view(row: asyncpg.Record) -> CustomFieldView:
    return CustomFieldView(**{name: row[name] for name in CustomFieldView.__struct_fields__})
