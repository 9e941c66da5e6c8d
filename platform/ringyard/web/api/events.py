"""`GET /events`: what happens in the workspace, live, as Server-Sent Events.

Each event's id is its `seq`; a client that comes back with `Last-Event-ID` gets what it missed, as far as it is kept.
"""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Controller, get
from litestar.params import HeaderParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from ringyard.accounts.rights import Right
from ringyard.kit.cache import listener
from ringyard.kit.errors import invalid
from ringyard.kit.text import _
from ringyard.web.request import WebRequest
from ringyard.web.standing import still_may
from tenants.context import current
from tenants.events import stream_key

QUIET_MS = 10_000
"""After so long without an event a comment keeps the connection open, and the token is looked at again."""
AT_ONCE = 500

LastSeen = Annotated[str | None, HeaderParameter(name="Last-Event-ID", description="`seq` of the last event seen")]


class EventController(Controller):
    path = "/events"
    tags = ("Events",)

    @get("/", right=Right.WATCH_EVENTS, summary="Live events", media_type="text/event-stream")
    async def events(self, request: WebRequest, last_seen: LastSeen = None) -> ServerSentEvent:
        headers = {"x-accel-buffering": "no", "cache-control": "no-store"}
        return ServerSentEvent(_events(request, _position(last_seen)), headers=headers)


def _position(last_seen: str | None) -> str:
    """Where to go on in the stream. Raises Invalid."""
    if last_seen is None:
        return "$"
    if not last_seen.isascii() or not last_seen.isdigit() or len(last_seen) > 18:
        raise invalid("Last-Event-ID", _("This is no event number."))
    return f"{int(last_seen)}-0"


async def _events(request: WebRequest, position: str) -> AsyncIterator[ServerSentEventMessage]:
    key = stream_key(current().schema)
    position = await _fixed(key, position)
    yield ServerSentEventMessage(comment="connected", retry=2000)
    while await still_may(request, Right.WATCH_EVENTS):
        answer = await listener().xread({key: position}, count=AT_ONCE, block=QUIET_MS)
        entries = _entries(answer)
        if not entries:
            yield ServerSentEventMessage(comment="still here")
        for entry_id, fields in entries:
            position = _text(entry_id)
            seq = int(position.partition("-")[0])
            event = {"seq": seq, **json.loads(fields[b"event"])}
            yield ServerSentEventMessage(id=seq, event=event["kind"], data=json.dumps(event))


def _entries(answer: Any) -> list[tuple[bytes, dict[bytes, bytes]]]:
    """redis-py gives a list or a mapping, by the protocol spoken."""
    if not answer:
        return []
    if isinstance(answer, dict):
        found = next(iter(answer.values()))
        return list(found[0]) if found and isinstance(found[0], list) else list(found)
    return list(answer[0][1])


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


async def _fixed(key: str, position: str) -> str:
    """`$` means "new ones" at each read; between two reads events would be lost, so it is resolved once."""
    if position != "$":
        return position
    newest = await listener().xrevrange(key, count=1)
    return _text(newest[0][0]) if newest else "0-0"
