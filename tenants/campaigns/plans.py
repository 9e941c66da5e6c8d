"""What dialing needs to know of a campaign, in one value: its limits, its scenario's rules, its trunk."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ringyard.kit.db import connection
from tenants.campaigns.hours import Window, window
from tenants.campaigns.redial import Rules


@dataclass(frozen=True, slots=True)
class Trunk:
    id: UUID
    kind: str
    host: str
    port: int
    max_channels: int
    max_cps: int
    caller_id: str
    status: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One campaign with its scenario and trunk as they were when read."""

    id: UUID
    name: str
    base_id: UUID
    state: str
    mode: str
    max_channels: int
    max_cps: int
    caller_id: str
    record: bool
    silent_streak: int
    enrolled: bool
    rules: Rules
    prefixes: tuple[str, ...]
    destination: str
    target: str | None
    ring_timeout_s: int
    amd: bool
    trunk: Trunk

    @property
    def hours(self) -> Window:
        return self.rules.window

    @property
    def shown_caller_id(self) -> str:
        return self.caller_id or self.trunk.caller_id

    @property
    def needs_person(self) -> bool:
        """An answered call that reaches nobody is abandoned."""
        return self.destination in ("extension", "queue")


_PLANS = """
select c.id, c.name, c.base_id, c.state, c.mode, c.max_channels, c.max_cps, c.caller_id, c.record, c.silent_streak,
       c.enrolled_at, s.starts_at, s.ends_at, s.weekdays, s.redials, s.redial_after_min, s.calls_per_day,
       s.days_to_call, s.period_days, s.redial_if_answered, s.call_all_numbers, s.allowed_prefixes,
       s.destination_kind, s.destination_target, s.ring_timeout_s, s.amd,
       t.id as trunk_id, t.kind, t.host, t.port, t.max_channels as trunk_channels, t.max_cps as trunk_cps,
       t.caller_id as trunk_caller_id, t.status as trunk_status
from campaigns c join scenarios s on s.id = c.scenario_id join trunks t on t.id = c.trunk_id
"""


async def running() -> list[Plan]:
    """The running campaigns of the workspace whose transaction is open."""
    return [_plan(row) for row in await connection().fetch(_PLANS + "where c.state = 'running' order by c.id")]


async def by_id(ids: list[UUID]) -> dict[UUID, Plan]:
    rows = await connection().fetch(_PLANS + "where c.id = any($1::uuid[])", ids)
    return {row["id"]: _plan(row) for row in rows}


def _plan(row: Any) -> Plan:
    return Plan(
        id=row["id"],
        name=row["name"],
        base_id=row["base_id"],
        state=row["state"],
        mode=row["mode"],
        max_channels=row["max_channels"],
        max_cps=row["max_cps"],
        caller_id=row["caller_id"],
        record=row["record"],
        silent_streak=row["silent_streak"],
        enrolled=row["enrolled_at"] is not None,
        rules=_rules(row),
        prefixes=tuple(row["allowed_prefixes"]),
        destination=row["destination_kind"],
        target=row["destination_target"],
        ring_timeout_s=row["ring_timeout_s"],
        amd=row["amd"],
        trunk=_trunk(row),
    )


def _rules(row: Any) -> Rules:
    return Rules(
        window=window(row["starts_at"], row["ends_at"], row["weekdays"]),
        redials=row["redials"],
        redial_after_min=row["redial_after_min"],
        calls_per_day=row["calls_per_day"],
        days_to_call=row["days_to_call"],
        period_days=row["period_days"],
        redial_if_answered=row["redial_if_answered"],
        call_all_numbers=row["call_all_numbers"],
    )


def _trunk(row: Any) -> Trunk:
    return Trunk(
        id=row["trunk_id"],
        kind=row["kind"],
        host=row["host"],
        port=row["port"],
        max_channels=row["trunk_channels"],
        max_cps=row["trunk_cps"],
        caller_id=row["trunk_caller_id"],
        status=row["trunk_status"],
    )
