"""What can be done with trunks. Runs inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, by_name, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.names import name_unique
from tenants.trunks.fields import TrunkChange, TrunkFields, TrunkView, problems
from tenants.trunks.tables import Trunk

_SHOWN = ", ".join(TrunkView.__struct_fields__)


async def list_trunks(limit: int = 50, cursor: str | None = None) -> Page[TrunkView]:
    """By name."""
    after = by_name(cursor)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as key from trunks
            where $1::text is null or (lower(name), id) > ($1, $2::uuid)
            order by lower(name), id limit $3""",
        *(after or (None, None)), limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["key"], row["id"]))


async def trunk(trunk_id: UUID) -> TrunkView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from trunks where id = $1", trunk_id)
    if row is None:
        raise NotFound(_("There is no such trunk."))
    return _view(row)


async def create_trunk(fields: TrunkFields) -> TrunkView:
    """Raises Invalid."""
    _check(fields)
    trunk_id = new_id()
    with name_unique():
        await Trunk(id=trunk_id, created_at=now(), **_columns(fields)).save()
    return await trunk(trunk_id)


async def change_trunk(trunk_id: UUID, change: TrunkChange) -> TrunkView:
    """Raises NotFound, Invalid. Running campaigns use the new values from their next call on."""
    fields = patched(await _fields(trunk_id), change)
    _check(fields)
    with name_unique():
        await Trunk.update(**_columns(fields)).where(Trunk.id == trunk_id)
    return await trunk(trunk_id)


async def delete_trunk(trunk_id: UUID) -> None:
    """Raises NotFound, and Conflict for a trunk that campaigns or calls remember."""
    await trunk(trunk_id)
    used = await connection().fetchval(
        """select exists (select from campaigns where trunk_id = $1::uuid)
               or exists (select from calls where trunk_id = $1::uuid)
               or exists (select from scenarios
                          where destination_kind = 'trunk' and destination_target = $1::uuid::text)""",
        trunk_id,
    )
    if used:
        raise Conflict(_("A campaign or a scenario uses this trunk, so it cannot be deleted."))
    await Trunk.delete().where(Trunk.id == trunk_id)


async def _fields(trunk_id: UUID) -> TrunkFields:
    names = ", ".join(TrunkFields.__struct_fields__)
    row = await connection().fetchrow(f"select {names} from trunks where id = $1 for update", trunk_id)
    if row is None:
        raise NotFound(_("There is no such trunk."))
    return TrunkFields(**row)


def _check(fields: TrunkFields) -> None:
    wrong = problems(fields)
    if wrong:
        raise Invalid(_("The trunk cannot be saved yet."), wrong)


def _columns(fields: TrunkFields) -> dict[str, Any]:
    """A trunk that was changed has to prove itself again."""
    status = "ready" if fields.kind == "sandbox" else "unknown"
    return {**msgspec.structs.asdict(fields), "name": fields.name.strip(), "status": status}


def _view(row: asyncpg.Record) -> TrunkView:
    return TrunkView(**{name: row[name] for name in TrunkView.__struct_fields__})
