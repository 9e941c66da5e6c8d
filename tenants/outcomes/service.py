"""What can be done with outcomes. Runs inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.patch import patched
from ringyard.kit.text import _
from tenants.names import name_unique
from tenants.outcomes.fields import OutcomeChange, OutcomeFields, OutcomeView, problems
from tenants.outcomes.tables import Outcome

_SHOWN = ", ".join(OutcomeView.__struct_fields__)


async def list_outcomes(limit: int = 50, cursor: str | None = None) -> Page[OutcomeView]:
    """By position, then name."""
    after = decoded(cursor, tuple[int, str, UUID]) if cursor else (None, None, None)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as key from outcomes
            where $1::int is null or (position, lower(name), id) > ($1, $2::text, $3::uuid)
            order by position, lower(name), id limit $4""",
        *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["position"], row["key"], row["id"]))


async def every_outcome() -> list[OutcomeView]:
    """By position, for pages that show them all."""
    rows = await connection().fetch(f"select {_SHOWN} from outcomes order by position, lower(name), id")
    return [_view(row) for row in rows]


async def outcome(outcome_id: UUID) -> OutcomeView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from outcomes where id = $1", outcome_id)
    if row is None:
        raise NotFound(_("There is no such outcome."))
    return _view(row)


async def create_outcome(fields: OutcomeFields) -> OutcomeView:
    """Raises Invalid."""
    _check(fields)
    outcome_id = new_id()
    with name_unique():
        await Outcome(id=outcome_id, created_at=now(), **_stored(fields)).save()
    return await outcome(outcome_id)


async def change_outcome(outcome_id: UUID, change: OutcomeChange) -> OutcomeView:
    """Raises NotFound, Invalid. Contacts that already have the outcome keep their status."""
    old = await outcome(outcome_id)
    fields = patched(OutcomeFields(name=old.name, colour=old.colour, kind=old.kind, position=old.position), change)
    _check(fields)
    with name_unique():
        await Outcome.update(_stored(fields)).where(Outcome.id == outcome_id)
    return await outcome(outcome_id)


async def delete_outcome(outcome_id: UUID) -> None:
    """Raises NotFound, and Conflict while contacts have it."""
    await outcome(outcome_id)
    if await connection().fetchval("select exists (select from contacts where outcome_id = $1)", outcome_id):
        raise Conflict(_("Contacts have this outcome, so it cannot be deleted."))
    await Outcome.delete().where(Outcome.id == outcome_id)


def _stored(fields: OutcomeFields) -> dict[Any, Any]:
    return {**msgspec.structs.asdict(fields), "name": fields.name.strip()}


def _check(fields: OutcomeFields) -> None:
    wrong = problems(fields)
    if wrong:
        raise Invalid(_("The outcome cannot be saved yet."), wrong)


def _view(row: asyncpg.Record) -> OutcomeView:
    return OutcomeView(**{name: row[name] for name in OutcomeView.__struct_fields__})
