"""What handlers read from a request: the signed-in user, whether htmx asks, what may be shown."""

from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.types import Scope

from ringyard.accounts.identity import Identity
from ringyard.kit.errors import Unauthenticated
from ringyard.kit.text import _
from ringyard.web.sessions import Session

WebRequest = Request[Identity | None, Any, State]

SESSION_TOKEN = "ringyard.session_token"  # noqa: S105 - where in the scope it is
SESSION = "ringyard.session"
NOTICES = "ringyard.notices"
NONCE = "ringyard.nonce"


def signed_in(request: WebRequest) -> Identity:
    """The user who asks. Raises Unauthenticated where a public route has none."""
    identity = request.scope.get("user")
    if identity is None:
        raise Unauthenticated(_("Sign in to continue."))
    return identity  # type: ignore[no-any-return]


def open_session(request: WebRequest) -> tuple[Session, str] | None:
    """The session and the cookie's token of a user who signed in on a page."""
    session, token = request.scope.get(SESSION), request.scope.get(SESSION_TOKEN)
    return (session, token) if isinstance(session, Session) and isinstance(token, str) else None


def is_htmx(request: WebRequest) -> bool:
    """htmx asks for a part of the page; a boosted or history request wants the whole."""
    headers = request.headers
    return headers.get("hx-request") == "true" and headers.get("hx-history-restore-request") != "true"


def is_api(request: WebRequest) -> bool:
    return request.scope["path"].startswith("/api/")


def client_address(request: WebRequest) -> str:
    """The visitor's IP address; the server in front is trusted by uvicorn's own setting, never by a header here."""
    return request.client.host if request.client else "unknown"


def host_of(scope: Scope) -> str:
    """The name asked for, without its port; empty when the header is missing or sent twice."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1:
        return ""
    return hosts[0].decode("latin-1").lower().rpartition("@")[2].partition(":")[0].rstrip(".")
