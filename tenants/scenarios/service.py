"""What can be done with scenarios. Runs inside an open workspace transaction."""

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
from tenants.scenarios.destinations import check_exists
from tenants.scenarios.fields import Destination, ScenarioChange, ScenarioFields, ScenarioView
from tenants.scenarios.rules import problems
from tenants.scenarios.tables import Scenario

_PLAIN = [name for name in ScenarioFields.__struct_fields__ if name != "destination"]
_SHOWN = ", ".join([*_PLAIN, "destination_kind", "destination_target", "id", "created_at", "modified_at"])


async def list_scenarios(limit: int = 50, cursor: str | None = None) -> Page[ScenarioView]:
    """By name."""
    after = by_name(cursor)
    rows = await connection().fetch(
        f"""select {_SHOWN}, lower(name) as key from scenarios
            where $1::text is null or (lower(name), id) > ($1, $2::uuid)
            order by lower(name), id limit $3""",
        *(after or (None, None)), limit + 1,
    )  # fmt: skip
    return page(rows, limit, _view, lambda row: (row["key"], row["id"]))


async def scenario(scenario_id: UUID) -> ScenarioView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from scenarios where id = $1", scenario_id)
    if row is None:
        raise NotFound(_("There is no such scenario."))
    return _view(row)


async def create_scenario(fields: ScenarioFields) -> ScenarioView:
    """Raises Invalid."""
    await _check(fields)
    scenario_id, at = new_id(), now()
    with name_unique():
        await Scenario(id=scenario_id, created_at=at, modified_at=at, **_columns(fields)).save()
    return await scenario(scenario_id)


async def change_scenario(scenario_id: UUID, change: ScenarioChange) -> ScenarioView:
    """Raises NotFound, Invalid. Running campaigns follow the new rules from their next call on."""
    shown = await scenario(scenario_id)
    before = ScenarioFields(**{name: getattr(shown, name) for name in ScenarioFields.__struct_fields__})
    fields = patched(before, change)
    await _check(fields)
    with name_unique():
        await Scenario.update(**_columns(fields), modified_at=now()).where(Scenario.id == scenario_id)
    return await scenario(scenario_id)


async def delete_scenario(scenario_id: UUID) -> None:
    """Raises NotFound, and Conflict while a campaign uses it."""
    await scenario(scenario_id)
    if await connection().fetchval("select exists (select from campaigns where scenario_id = $1)", scenario_id):
        raise Conflict(_("A campaign uses this scenario, so it cannot be deleted. You can make it inactive."))
    await Scenario.delete().where(Scenario.id == scenario_id)


async def _check(fields: ScenarioFields) -> None:
    wrong = problems(fields)
    if wrong:
        raise Invalid(_("The scenario cannot be saved yet."), wrong)
    await check_exists(fields.destination)


def _columns(fields: ScenarioFields) -> dict[str, Any]:
    columns = msgspec.structs.asdict(fields)
    destination: Destination = columns.pop("destination")
    columns.update(name=fields.name.strip(), weekdays=sorted(fields.weekdays))
    return {**columns, "destination_kind": destination.kind, "destination_target": destination.target}


def _view(row: asyncpg.Record) -> ScenarioView:
    shown = {name: row[name] for name in ScenarioView.__struct_fields__ if name != "destination"}
    return ScenarioView(destination=Destination(row["destination_kind"], row["destination_target"]), **shown)
