"""The calls report: filters, pages by keyset, newest first. Runs inside an open workspace transaction."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, get_args
from uuid import UUID

import asyncpg
import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.money import Money, money
from ringyard.kit.text import _

Direction = Literal["outbound", "inbound"]
Result = Literal[
    "answered", "no_answer", "busy", "rejected", "bad_number", "unavailable", "congestion", "machine",
    "trunk_silent", "network", "abandoned", "cancelled", "lost",
]  # fmt: skip
RESULTS: tuple[str, ...] = get_args(Result)
COUNTED = 10_000


class CallFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Times bound the call's reservation, `since` included and `before` not."""

    campaign_id: UUID | None = None
    contact_id: UUID | None = None
    agent_id: UUID | None = None
    base_id: UUID | None = None
    direction: Direction | None = None
    result: Result | None = None
    since: datetime | None = None
    before: datetime | None = None


class CallView(msgspec.Struct, frozen=True, kw_only=True):
    """Durations in seconds; `result` is null while the call lives."""

    id: UUID
    campaign_id: UUID | None
    contact_id: UUID | None
    agent_id: UUID | None
    direction: Direction
    number: str
    caller_id: str
    state: str
    result: Result | None
    cause: int | None
    sip_code: int | None
    queued_at: datetime
    reserved_at: datetime
    originated_at: datetime | None
    ringing_at: datetime | None
    answered_at: datetime | None
    bridged_at: datetime | None
    ended_at: datetime | None
    talk_s: float
    billed_s: int
    cost: Money
    recording_id: UUID | None


class CallLine(CallView, frozen=True, kw_only=True):
    """A call with the names a reader looks for."""

    contact_name: str | None
    campaign_name: str | None


_SHOWN = ", ".join(f"k.{name}" for name in CallView.__struct_fields__)
_CONDITIONS = {
    "campaign_id": "k.campaign_id = ${n}",
    "contact_id": "k.contact_id = ${n}",
    "agent_id": "k.agent_id = ${n}",
    "base_id": "k.campaign_id in (select id from campaigns where base_id = ${n})",
    "direction": "k.direction = ${n}",
    "result": "k.result = ${n}",
    "since": "k.reserved_at >= ${n}",
    "before": "k.reserved_at < ${n}",
}


async def call(call_id: UUID) -> CallView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from calls k where k.id = $1", call_id)
    if row is None:
        raise NotFound(_("There is no such call."))
    return _view(row)


async def search(wanted: CallFilter, limit: int = 50, cursor: str | None = None) -> Page[CallView]:
    where, values = _where(wanted, cursor)
    rows = await connection().fetch(
        f"select {_SHOWN} from calls k where {where} order by k.reserved_at desc, k.id desc limit {limit + 1:d}",
        *values,
    )
    return page(rows, limit, _view, _key)


async def search_lines(wanted: CallFilter, limit: int = 50, cursor: str | None = None) -> Page[CallLine]:
    """As `search`, with names; the names are joined to the page alone."""
    where, values = _where(wanted, cursor)
    rows = await connection().fetch(
        f"""select {_SHOWN}, c.name as contact_name, m.name as campaign_name
            from (select {_SHOWN} from calls k where {where}
                  order by k.reserved_at desc, k.id desc limit {limit + 1:d}) k
            left join contacts c on c.id = k.contact_id left join campaigns m on m.id = k.campaign_id
            order by k.reserved_at desc, k.id desc""",
        *values,
    )
    return page(rows, limit, lambda row: CallLine(**_columns(row)), _key)


async def count(wanted: CallFilter) -> int:
    """How many calls match, counted up to one more than `COUNTED`."""
    where, values = _where(wanted, None)
    limited = f"select 1 from calls k where {where} limit {COUNTED + 1:d}"
    return int(await connection().fetchval(f"select count(*) from ({limited}) found", *values))


def _where(wanted: CallFilter, cursor: str | None) -> tuple[str, list[Any]]:
    conditions, values = ["true"], []
    for field, condition in _CONDITIONS.items():
        if (value := getattr(wanted, field)) is not None:
            values.append(value)
            conditions.append(condition.format(n=len(values)))
    if cursor:
        values.extend(decoded(cursor, tuple[datetime, UUID]))
        conditions.append(f"(k.reserved_at, k.id) < (${len(values) - 1}, ${len(values)})")
    return " and ".join(conditions), values


def _key(row: asyncpg.Record) -> tuple[datetime, UUID]:
    return row["reserved_at"], row["id"]


def _view(row: asyncpg.Record) -> CallView:
    return CallView(**_columns(row))


def _columns(row: asyncpg.Record) -> dict[str, Any]:
    columns = dict(row)
    cost: Decimal = columns["cost"]
    return {**columns, "cost": money(cost), "talk_s": round(columns["talk_s"], 3)}
