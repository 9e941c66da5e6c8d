"""What a customer writes into a category, what they see of it, and what is wrong with it. Pure."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from tenants.colours import USUAL, colour_problems
from tenants.names import name_problems


class CategoryFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    colour: str = USUAL


class CategoryChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    colour: str | UnsetType = UNSET


class CategoryView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    colour: str
    created_at: datetime


def problems(fields: CategoryFields) -> list[FieldError]:
    return [*name_problems(fields.name), *colour_problems(fields.colour)]
