"""Who is asking: reads the session cookie, or for the API the bearer token, and loads the account once a request.

It only says who; whether that suffices is the guard's matter.
"""

import hashlib

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from ringyard.accounts import services
from ringyard.accounts.identity import Identity
from ringyard.kit.errors import Unauthenticated
from ringyard.kit.text import _
from ringyard.web import cookies, sessions
from ringyard.web.request import NOTICES, SESSION, SESSION_TOKEN, is_api, is_htmx
from tenants.agents import credentials
from tenants.agents.credentials import Account
from tenants.context import current
from tenants.workspace import workspace


def who(app: ASGIApp) -> ASGIApp:
    """Sets `scope["user"]` to an Identity or None. Raises Unauthenticated for a bad token, never for a bad cookie."""

    async def identified(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and not scope["path"].startswith("/static/"):
            scope["user"] = await identify(Request(scope))
        await app(scope, receive, send)

    return identified


async def identify(request: Request) -> Identity | None:  # type: ignore[type-arg]
    """Raises Unauthenticated for a bad token."""
    header = request.headers.get("authorization")
    if header is not None and is_api(request):
        account: Account | None = await _by_token(header)
    else:
        account = await _by_session(request)
    if account is None:
        return None
    return Identity(account, await services.active(current()), by_token=header is not None)


async def _by_token(header: str) -> Account:
    scheme, _blank, token = header.partition(" ")
    if scheme.lower() == "bearer" and token.startswith("ry_"):
        async with workspace():
            account = await credentials.by_token(hashlib.sha256(token.strip().encode()).digest())
        if account is not None:
            return account
    raise Unauthenticated(_("This token is not valid in this workspace."))


async def _by_session(request: Request) -> Account | None:  # type: ignore[type-arg]
    token = request.cookies.get(cookies.session_name())
    session = await sessions.find(token) if token else None
    if token is None or session is None:
        return None
    async with workspace():
        account = await credentials.by_id(sessions.user_id(session))
    if account is None or account.stamp != session.stamp:
        return None
    await _take_notices(request, token, session)
    request.scope[SESSION], request.scope[SESSION_TOKEN] = session, token  # type: ignore[literal-required]
    return account


async def _take_notices(request: Request, token: str, session: sessions.Session) -> None:  # type: ignore[type-arg]
    """Notices are shown once, by the first whole page."""
    accepts = request.headers.get("accept", "")
    if session.notices and request.method == "GET" and "text/html" in accepts and not is_htmx(request):
        request.scope[NOTICES] = session.notices  # type: ignore[literal-required]
        session.notices = []
        await sessions.save(token, session)
