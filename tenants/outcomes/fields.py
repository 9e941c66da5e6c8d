"""What a customer writes into an outcome, what they see of it, what it does to a contact, and what is wrong. Pure."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from tenants.colours import USUAL, colour_problems
from tenants.names import name_problems, range_problems

Kind = Literal["final", "success", "callback", "bad_number", "do_not_call", "other"]

STATUS_AFTER: dict[str, str] = {
    "final": "done",
    "success": "done",
    "callback": "callback",
    "bad_number": "junk",
    "do_not_call": "do_not_call",
}
"""The status that a contact takes with an outcome of this kind; `other` changes nothing."""


class OutcomeFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`position`: lists show lower ones first."""

    name: str
    colour: str = USUAL
    kind: Kind = "other"
    position: int = 0


class OutcomeChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    colour: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    position: int | UnsetType = UNSET


class OutcomeView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    colour: str
    kind: Kind
    position: int
    created_at: datetime


def problems(fields: OutcomeFields) -> list[FieldError]:
    return [
        *name_problems(fields.name),
        *colour_problems(fields.colour),
        *range_problems("position", fields.position, 0, 10_000),
    ]
