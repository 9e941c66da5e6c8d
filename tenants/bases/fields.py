"""What a customer writes into a base, what they see of it, and what is wrong with it. Pure."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.names import LONGEST, name_problems


class BaseFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    group: str = ""


class BaseChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    group: str | UnsetType = UNSET


class BaseView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    group: str
    created_at: datetime


class BaseCounts(msgspec.Struct, frozen=True, kw_only=True):
    """A base with how many contacts and junk entries it has, or with `more` at least; `changed_at` is its newest
    contact's.
    """

    base: BaseView
    contacts: int
    more: bool
    junk: int
    changed_at: datetime | None


def problems(fields: BaseFields) -> list[FieldError]:
    found = name_problems(fields.name)
    if len(fields.group) > LONGEST:
        found.append(FieldError("group", _("At most {most} characters.", most=LONGEST)))
    return found
