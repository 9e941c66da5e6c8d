"""Lists by keyset: a page of items and an opaque cursor that names the last row seen. Never OFFSET."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from ringyard.kit.errors import invalid
from ringyard.kit.text import _

Item = TypeVar("Item")
Row = TypeVar("Row")
Key = TypeVar("Key")
MOST = 500


class Page(msgspec.Struct, Generic[Item], frozen=True):
    items: list[Item]
    next_cursor: str | None = None


def encoded(key: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decoded(cursor: str, key: type[Key]) -> Key:
    """The key inside a cursor. Raises Invalid for one that we did not write."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=key)
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise invalid("cursor", _("This cursor is not one that a list gave.")) from error


def page(rows: Sequence[Row], limit: int, view: Callable[[Row], Item], key: Callable[[Row], Any]) -> Page[Item]:
    """A page out of up to `limit + 1` rows: the one too many only tells that there is more."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page([view(row) for row in shown], encoded(key(shown[-1])) if more else None)


def by_name(cursor: str | None) -> tuple[str, UUID] | None:
    """The key of lists sorted by lower-cased name and id."""
    return decoded(cursor, tuple[str, UUID]) if cursor else None
