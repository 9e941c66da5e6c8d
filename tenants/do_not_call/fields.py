"""What a customer writes into the do-not-call list, and what they see of it. Pure."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from ringyard.kit.errors import FieldError, Invalid
from ringyard.kit.phone import Unreadable, read, sentence
from ringyard.kit.text import _

Source = Literal["manual", "import", "api", "outcome", "bulk", "erasure"]
Sort = Literal["created", "-created", "number"]
ImportState = Literal["running", "done", "failed"]
LONGEST_REASON = 500


class NewNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`number` as people write it."""

    number: str
    reason: str = ""


class ListedNumber(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    reason: str
    source: Source
    created_by: UUID | None
    created_at: datetime


class JunkRow(msgspec.Struct, frozen=True):
    """`row` counts from 1, the header row too."""

    row: int
    text: str
    reason: str


class ListImport(msgspec.Struct, frozen=True, kw_only=True):
    """A file of numbers: `known` stood on the list already, `junk` rows hold no number; the first ones are shown."""

    id: UUID
    file_name: str
    state: ImportState
    rows: int
    added: int
    known: int
    junk: int
    junk_rows: list[JunkRow]
    created_at: datetime
    finished_at: datetime | None


def number_typed(text: str, country: str) -> str:
    """E.164. Raises Invalid (field `number`)."""
    found = read(text, country)
    if isinstance(found, Unreadable):
        raise Invalid(sentence(found.reason), [FieldError("number", sentence(found.reason))])
    return found.number


def checked_reason(reason: str) -> str:
    """Raises Invalid (field `reason`)."""
    if len(reason) > LONGEST_REASON:
        told = _("At most {most} characters.", most=LONGEST_REASON)
        raise Invalid(told, [FieldError("reason", told)])
    return reason.strip()
