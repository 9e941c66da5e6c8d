"""What a customer writes into a campaign, what they see of it, and what is wrong with it as written. Pure."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from tenants.campaigns.states import State
from tenants.names import name_problems, range_problems
from tenants.trunks.fields import MOST_CHANNELS, MOST_CPS, caller_id_problems

Mode = Literal["preview", "progressive", "predictive", "broadcast"]


class CampaignFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`max_cps` is new calls per second; `abandon_limit` a share from 0 to 1. An empty caller id takes the trunk's."""

    name: str
    base_id: UUID
    scenario_id: UUID
    trunk_id: UUID
    mode: Mode = "broadcast"
    max_channels: int = 10
    max_cps: int = 2
    abandon_limit: float = 0.03
    caller_id: str = ""
    record: bool = False


class CampaignChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    base_id: UUID | UnsetType = UNSET
    scenario_id: UUID | UnsetType = UNSET
    trunk_id: UUID | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    max_channels: int | UnsetType = UNSET
    max_cps: int | UnsetType = UNSET
    abandon_limit: float | UnsetType = UNSET
    caller_id: str | UnsetType = UNSET
    record: bool | UnsetType = UNSET


class Counts(msgspec.Struct, frozen=True):
    """Contacts by status and by reason each add up to the base's list; attempts by result, live ones `in_progress`."""

    contacts: dict[str, int]
    attempts: dict[str, int]
    reasons: dict[str, int]


class CampaignView(CampaignFields, frozen=True, kw_only=True):
    id: UUID
    state: State
    pause_reason: str | None
    started_at: datetime | None
    finished_at: datetime | None
    created_at: datetime
    counts: Counts


def problems(fields: CampaignFields) -> list[FieldError]:
    return [
        *name_problems(fields.name),
        *range_problems("max_channels", fields.max_channels, 1, MOST_CHANNELS),
        *range_problems("max_cps", fields.max_cps, 1, MOST_CPS),
        *range_problems("abandon_limit", fields.abandon_limit, 0, 1),
        *caller_id_problems(fields.caller_id),
    ]


# Contacts enrolled by one base and mode cannot be moved to another; the way out is chosen while nothing dials.
FIXED_AFTER_DRAFT = frozenset({"base_id", "mode"})
FIXED_WHILE_RUNNING = frozenset({"trunk_id", "scenario_id"})


def fixed(state: State, before: CampaignFields, change: CampaignFields) -> list[str]:
    """The fields that `change` alters and this state does not let be altered."""
    locked = frozenset() if state == "draft" else FIXED_AFTER_DRAFT
    if state == "running":
        locked |= FIXED_WHILE_RUNNING
    return sorted(name for name in locked if getattr(before, name) != getattr(change, name))
