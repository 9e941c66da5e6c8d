"""What a customer saves of a search of contacts, what they see of it, and what is wrong with it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.names import name_problems

NAMES = (
    "q", "base_id", "group", "category_id", "agent_id", "outcome_id", "status", "modified_from", "modified_to",
    "created_from", "created_to", "region", "import_id", "favourite", "has_email", "sort",
)  # fmt: skip
"""What `filter` may hold: parameters of a list's address."""

_LONGEST_VALUE = 200


class SearchFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`filter`: parameters of `GET /contacts`; a time may be a day too. `shared`: everybody here sees it."""

    name: str
    filter: dict[str, str]
    shared: bool = False


class SearchChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    filter: dict[str, str] | UnsetType = UNSET
    shared: bool | UnsetType = UNSET


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """`mine`: this user saved it and may change it."""

    id: UUID
    name: str
    filter: dict[str, str]
    shared: bool
    mine: bool
    owner: str
    created_at: datetime


def problems(fields: SearchFields) -> list[FieldError]:
    return [*name_problems(fields.name), *_filter_problems(fields.filter)]


def _filter_problems(chosen: Mapping[str, str]) -> list[FieldError]:
    if not chosen:
        return [FieldError("filter", _("Choose at least one filter."))]
    if set(chosen) - set(NAMES):
        return [FieldError("filter", _("Only filters of contacts can be saved."))]
    if any(len(value) > _LONGEST_VALUE for value in chosen.values()):
        return [FieldError("filter", _("At most {most} characters.", most=_LONGEST_VALUE))]
    return []
