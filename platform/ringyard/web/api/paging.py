"""Lists of the API: `limit` and an opaque `cursor` that says after which row to go on (keyset, never offset)."""

import base64
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter

from ringyard.kit.errors import invalid
from ringyard.kit.text import _

T = TypeVar("T")
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Items a page")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before")]


class Listed(msgspec.Struct, Generic[T]):
    items: list[T]
    next_cursor: str | None


def encode_cursor(key: tuple[Any, ...]) -> str:
    """The sort key of a page's last row: times, numbers, UUIDs and strings."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str | None, shape: type[T]) -> T | None:
    """The key as the tuple type asked for (`tuple[datetime, UUID]`). Raises Invalid for what we did not make."""
    if not cursor:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(raw, type=shape)
    except (ValueError, msgspec.MsgspecError):
        raise invalid("cursor", _("This cursor is not one of ours.")) from None


def listed(rows: list[T], limit: int, key: Any) -> Listed[T]:
    """A page of at most `limit` from up to `limit + 1` rows; `key(row)` is the sort key as a tuple."""
    items = rows[:limit]
    more = len(rows) > limit
    return Listed(items, encode_cursor(key(items[-1])) if more else None)
