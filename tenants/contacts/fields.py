"""What a customer writes into a contact, what they see of it, and what is wrong with it. Pure."""

import re
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.phone import Phone, Unreadable, read, sentence
from ringyard.kit.text import _
from ringyard.kit.zones import is_zone

Status = Literal["new", "queued", "in_call", "callback", "done", "junk", "do_not_call"]
GIVEN_STATUSES = ("new", "callback", "done", "junk", "do_not_call")
"""What a person may set; `queued` and `in_call` tell what the dialer does."""

MOST_PHONES = 10
MOST_CUSTOM = 50
LONGEST = {"name": 200, "email": 254, "comment": 5000, "external_id": 200, "region": 100}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


class PhoneFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number` as people write it; `kind` is worked out when it is left empty.

    `bad` says that nobody has this number; left out, what is known of the number stays.
    """

    number: str
    kind: str = ""
    bad: bool | UnsetType = UNSET


class ContactFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Region and time zone are those of the first number when they are left empty."""

    base_id: UUID
    phones: list[PhoneFields]
    name: str = ""
    email: str = ""
    region: str = ""
    timezone: str = ""
    category_ids: list[UUID] = []
    responsible_id: UUID | None = None
    outcome_id: UUID | None = None
    status: Status = "new"
    comment: str = ""
    external_id: str = ""
    custom: dict[str, str] = {}


class ContactChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`phones` and `category_ids` replace all that were there."""

    base_id: UUID | UnsetType = UNSET
    phones: list[PhoneFields] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    region: str | UnsetType = UNSET
    timezone: str | UnsetType = UNSET
    category_ids: list[UUID] | UnsetType = UNSET
    responsible_id: UUID | UnsetType | None = UNSET
    outcome_id: UUID | UnsetType | None = UNSET
    status: Status | UnsetType = UNSET
    comment: str | UnsetType = UNSET
    external_id: str | UnsetType = UNSET
    custom: dict[str, str] | UnsetType = UNSET


class PhoneView(msgspec.Struct, frozen=True, kw_only=True):
    """`bad`: the network said that nobody has this number."""

    number: str
    kind: str
    region: str
    timezone: str
    bad: bool


class ContactView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    phones: list[PhoneView]
    email: str
    region: str
    timezone: str
    base_id: UUID
    category_ids: list[UUID]
    responsible_id: UUID | None
    outcome_id: UUID | None
    status: Status
    comment: str
    external_id: str
    custom: dict[str, str]
    import_id: UUID | None
    created_at: datetime
    modified_at: datetime


def given_by(change: ContactChange) -> set[str]:
    """The names of the fields that a change names."""
    return {name for name in change.__struct_fields__ if getattr(change, name) is not UNSET}


def problems(fields: ContactFields) -> list[FieldError]:
    """Everything wrong but the numbers, own fields' values and what only the database knows."""
    found = [
        FieldError(name, _("At most {most} characters.", most=most))
        for name, most in LONGEST.items()
        if len(getattr(fields, name)) > most
    ]
    if fields.email and not _EMAIL.fullmatch(fields.email):
        found.append(FieldError("email", _("This is not an e-mail address.")))
    if fields.timezone and not is_zone(fields.timezone):
        found.append(FieldError("timezone", _("Choose a time zone by its name, for example Europe/Warsaw.")))
    if len(fields.custom) > MOST_CUSTOM:
        found.append(FieldError("custom", _("At most {most} fields.", most=MOST_CUSTOM)))
    return found


def status_problems(status: str) -> list[FieldError]:
    """For a status that was given, not for one that a contact has."""
    if status in GIVEN_STATUSES:
        return []
    return [FieldError("status", _("Only the dialer sets this status."))]


def numbers(phones: list[PhoneFields], country: str) -> tuple[list[Phone], list[FieldError]]:
    """The numbers in E.164, each once, and what is wrong beside its field (`phones.0.number`)."""
    good: dict[str, Phone] = {}
    wrong: list[FieldError] = []
    for position, phone in enumerate(phones):
        found = read(phone.number, country)
        if isinstance(found, Unreadable):
            wrong.append(FieldError(f"phones.{position}.number", sentence(found.reason)))
        else:
            kind = phone.kind.strip()[:30] or found.kind
            good.setdefault(found.number, Phone(found.number, found.region, found.timezone, kind))
    if not phones:
        wrong.append(FieldError("phones", _("Give at least one phone number.")))
    if len(phones) > MOST_PHONES:
        wrong.append(FieldError("phones", _("At most {most} numbers.", most=MOST_PHONES)))
    return list(good.values()), wrong
