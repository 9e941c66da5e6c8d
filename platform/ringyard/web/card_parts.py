"""What the parts of a client card show. Runs inside an open workspace transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_time

from ringyard.kit.clock import now
from ringyard.kit.keyset import Page
from ringyard.kit.text import language
from ringyard.kit.zones import is_zone
from ringyard.web.change_lines import kind_word
from ringyard.web.contact_words import PHONE_KINDS
from tenants.calls.search import CallFilter, search_lines
from tenants.comments.service import CommentView, count_comments, list_comments
from tenants.contacts.fields import ContactView, PhoneView
from tenants.documents.service import list_documents

CALLS, COMMENTS, DOCUMENTS = 25, 8, 10
_EARLIEST, _LATEST = 8, 21


class PhoneLine(msgspec.Struct, frozen=True):
    """`there` is the time of day where the number is, `late` whether one would not call there now."""

    phone: PhoneView
    kind: str
    there: str
    late: bool


def phones_part(contact: ContactView) -> dict[str, Any]:
    at = now()
    return {"phones": [_line(phone, at) for phone in contact.phones], "first_number": first_number(contact)}


def first_number(contact: ContactView) -> str:
    """What the card's own handset calls: the first number that somebody has."""
    return next((phone.number for phone in contact.phones if not phone.bad), "")


def kinds_to_choose(current: str) -> list[tuple[str, str]]:
    """Pairs for a select; a kind that somebody made up is one of them."""
    kinds = list(PHONE_KINDS) + ([current] if current and current not in PHONE_KINDS else [])
    return [(kind, kind_word(kind)) for kind in kinds]


async def calls_part(contact_id: UUID) -> dict[str, Any]:
    return {"calls": await search_lines(CallFilter(contact_id=contact_id), CALLS)}


async def comments_part(contact_id: UUID, cursor: str | None = None) -> dict[str, Any]:
    found: Page[CommentView] = await list_comments(contact_id, COMMENTS, cursor)
    return {"comments": found, "comments_count": await count_comments(contact_id)}


async def documents_part(contact_id: UUID, cursor: str | None = None) -> dict[str, Any]:
    return {"documents": await list_documents(contact_id, DOCUMENTS, cursor)}


def _line(phone: PhoneView, at: datetime) -> PhoneLine:
    if not is_zone(phone.timezone):
        return PhoneLine(phone, kind_word(phone.kind), "", False)
    there = at.astimezone(ZoneInfo(phone.timezone))
    shown = str(format_time(there, "HH:mm", locale=language()))
    return PhoneLine(phone, kind_word(phone.kind), shown, not _EARLIEST <= there.hour < _LATEST)
