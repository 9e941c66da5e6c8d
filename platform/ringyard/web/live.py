"""Live pages: fragments of HTML by Server-Sent Events, each sent when it has changed, at most once a second.

The stream belongs to a session: it is looked up again before every round and the stream ends with it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from litestar.response import ServerSentEvent, ServerSentEventMessage

from ringyard.kit.errors import Unauthenticated
from ringyard.kit.text import _
from ringyard.web import sessions
from ringyard.web.request import SESSION_TOKEN, WebRequest
from ringyard.web.transactional import in_workspace
from tenants.agents import credentials

TICK_S = 1.0
QUIET_TICKS = 15
"""After so many rounds without news a comment keeps proxies from closing the connection."""

Fragments = Callable[[], Awaitable[dict[str, str]]]


def stream(request: WebRequest, fragments: Fragments) -> ServerSentEvent:
    """`fragments()` gives each event's HTML by name, rendered anew. Raises Unauthenticated without a session."""
    token = request.scope.get(SESSION_TOKEN)
    if not isinstance(token, str):
        raise Unauthenticated(_("Sign in to continue."))
    return ServerSentEvent(_changes(token, fragments))


async def _changes(token: str, fragments: Fragments) -> AsyncIterator[ServerSentEventMessage]:
    sent: dict[str, str] = {}
    quiet = 0
    while await _signed_in(token):
        news = {name: html for name, html in (await fragments()).items() if sent.get(name) != html}
        for name, html in news.items():
            yield ServerSentEventMessage(event=name, data=html)
        sent |= news
        quiet = 0 if news else quiet + 1
        if quiet == QUIET_TICKS:
            quiet = 0
            yield ServerSentEventMessage(comment="still here")
        await asyncio.sleep(TICK_S)


async def _signed_in(token: str) -> bool:
    session = await sessions.find(token)
    return session is not None and await _account_unchanged(session)


@in_workspace
async def _account_unchanged(session: sessions.Session) -> bool:
    account = await credentials.by_id(sessions.user_id(session))
    return account is not None and account.stamp == session.stamp
