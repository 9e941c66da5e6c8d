"""The demo's trunk and scenarios. Inside an open workspace transaction."""

from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.scenarios.fields import DEFAULT_AUDIO, Destination, ScenarioFields
from tenants.scenarios.service import create_scenario
from tenants.trunks.fields import TrunkFields
from tenants.trunks.service import create_trunk

TRUNK = TrunkFields(name="Sandbox carrier", kind="sandbox", max_channels=60, max_cps=10, caller_id="+48221234567")
MESSAGE = Destination("record", DEFAULT_AUDIO)
# All day, every day: whoever looks at the demo at night sees it alive as well.
ALWAYS: dict[str, Any] = {
    "starts_at": "00:00",
    "ends_at": "24:00",
    "weekdays": [1, 2, 3, 4, 5, 6, 7],
    "destination": MESSAGE,
}
SCENARIOS: dict[str, dict[str, Any]] = {
    "Solar offer, three tries": {"redials": 2, "redial_after_min": 90},
    "Reminder, all day": {"redials": 2, "redial_after_min": 20, "calls_per_day": 3, "ring_timeout_s": 20},
}


async def trunk() -> UUID:
    return await _known("trunks", TRUNK.name) or (await create_trunk(TRUNK)).id


async def scenario(name: str) -> UUID:
    """One of `SCENARIOS`."""
    fields = ScenarioFields(name=name, **{**ALWAYS, **SCENARIOS[name]})
    return await _known("scenarios", name) or (await create_scenario(fields)).id


async def _known(table: str, name: str) -> UUID | None:
    found: UUID | None = await connection().fetchval(f"select id from {table} where lower(name) = lower($1)", name)
    return found
