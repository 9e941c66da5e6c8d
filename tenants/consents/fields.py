"""What a customer writes about a consent, and what they see of it. Pure."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _

LONGEST_SOURCE = 200
LONGEST_TEXT = 10_000
_CLOCKS_DIFFER = timedelta(minutes=5)


class ConsentFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`source`: where it was given; `text`: what was agreed to; `document_id`: the contact's file that proves it.

    Without `given_at` it was given now.
    """

    source: str
    text: str = ""
    given_at: datetime | None = None
    document_id: UUID | None = None


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`do_not_call`: the contact's numbers go on the do-not-call list."""

    do_not_call: bool = False


class ConsentView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    contact_id: UUID
    source: str
    text: str
    given_at: datetime
    withdrawn_at: datetime | None
    document_id: UUID | None
    document_name: str | None
    created_by: UUID | None
    created_at: datetime


def problems(fields: ConsentFields, at: datetime) -> list[FieldError]:
    found = []
    if not fields.source.strip():
        found.append(FieldError("source", _("Say where the consent was given.")))
    for name, most in (("source", LONGEST_SOURCE), ("text", LONGEST_TEXT)):
        if len(getattr(fields, name)) > most:
            found.append(FieldError(name, _("At most {most} characters.", most=most)))
    if fields.given_at is not None and fields.given_at.tzinfo is None:
        found.append(FieldError("given_at", _("Give the time with its offset from UTC.")))
    elif fields.given_at is not None and fields.given_at > at + _CLOCKS_DIFFER:
        found.append(FieldError("given_at", _("This time is still to come.")))
    return found
