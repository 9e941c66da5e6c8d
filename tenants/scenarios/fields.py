"""What a customer writes into a scenario and what they see of it (features B14 and B15)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

Kind = Literal["extension", "queue", "trunk", "terminate", "ivr", "record"]
DEFAULT_AUDIO = "default"


class Destination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`target` is the id of a user (extension), trunk, audio (record; `"default"`: the built-in one), queue or IVR."""

    kind: Kind = "record"
    target: str | None = None


class ScenarioFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours are local `HH:MM` of the called person; weekdays are ISO (1 is Monday).

    Redials, calls per day and days to call count for each contact; `period_days` 2 is every second day.
    """

    name: str
    starts_at: str = "09:00"
    ends_at: str = "18:00"
    weekdays: list[int] = msgspec.field(default_factory=lambda: [1, 2, 3, 4, 5])
    redials: int = 2
    redial_after_min: int = 60
    calls_per_day: int = 3
    days_to_call: int = 3
    period_days: int = 1
    redial_if_answered: bool = False
    call_all_numbers: bool = False
    check_other_bases: bool = False
    allowed_prefixes: list[str] = msgspec.field(default_factory=list)
    destination: Destination = Destination(target=DEFAULT_AUDIO)
    ring_timeout_s: int = 30
    amd: bool = False
    active: bool = True


class ScenarioChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    starts_at: str | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    weekdays: list[int] | UnsetType = UNSET
    redials: int | UnsetType = UNSET
    redial_after_min: int | UnsetType = UNSET
    calls_per_day: int | UnsetType = UNSET
    days_to_call: int | UnsetType = UNSET
    period_days: int | UnsetType = UNSET
    redial_if_answered: bool | UnsetType = UNSET
    call_all_numbers: bool | UnsetType = UNSET
    check_other_bases: bool | UnsetType = UNSET
    allowed_prefixes: list[str] | UnsetType = UNSET
    destination: Destination | UnsetType = UNSET
    ring_timeout_s: int | UnsetType = UNSET
    amd: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class ScenarioView(ScenarioFields, frozen=True, kw_only=True):
    id: UUID
    created_at: datetime
    modified_at: datetime
