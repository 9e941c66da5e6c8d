"""Requests that change something must come from our own pages: a foreign site must not use a visitor's cookie.

Every current browser says where a request comes from (Sec-Fetch-Site, or Origin on unsafe methods). A client that
says neither is no browser and holds no cookie it could be tricked with. Bearer tokens are not sent by browsers.
"""

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from ringyard.kit.errors import Forbidden
from ringyard.kit.settings import settings
from ringyard.kit.text import _

_SAFE = {"GET", "HEAD", "OPTIONS"}


def own_pages_only(app: ASGIApp) -> ASGIApp:
    """Raises Forbidden for an unsafe request of another site, other subdomains included."""

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] not in _SAFE and not _is_own(Request(scope)):
            raise Forbidden(_("This request came from another site."))
        await app(scope, receive, send)

    return checked


def _is_own(request: Request) -> bool:  # type: ignore[type-arg]
    if "authorization" in request.headers:
        return True
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or origin == f"{settings().scheme}://{request.headers.get('host', '')}"
