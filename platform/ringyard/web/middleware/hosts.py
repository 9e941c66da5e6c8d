"""The Host header, looked at in one place: apex, a workspace, or nobody we know.

Everything behind a workspace's host works for that tenant; the two sites are separate applications, so an apex
route does not exist on a workspace and the reverse.
"""

import re
from typing import Any

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.types import ASGIApp, LifeSpanReceive, LifeSpanSend, Receive, Scope, Send

from ringyard.kit.errors import NotFound
from ringyard.kit.settings import Settings
from ringyard.kit.text import N_, _
from ringyard.web import health
from ringyard.web.errors import answer
from ringyard.web.middleware.headers import SecurityHeaders
from ringyard.web.middleware.language import Language
from ringyard.web.request import host_of
from tenants import registry
from tenants.context import acting_for

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class NoSuchHost(NotFound):
    code, title = "no-such-workspace", N_("There is no workspace here")


class Ringyard:
    """The whole web application: every request goes through here first."""

    def __init__(self, settings: Settings, *, apex: Litestar, workspace: Litestar) -> None:
        self.domain = settings.domain.lower()
        self.apex = apex
        self.workspace = workspace
        self._entry: ASGIApp = SecurityHeaders(Language(self._dispatch), settings)

    async def __call__(self, scope: Scope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend) -> None:
        if scope["type"] == ScopeType.HTTP:
            await self._entry(scope, receive, send)  # type: ignore[arg-type]
        else:
            await self.workspace(scope, receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = host_of(scope)
        if host == self.domain or scope["path"] == health.PATH:
            await self.apex(scope, receive, send)
            return
        slug = host.removesuffix(f".{self.domain}") if host.endswith(f".{self.domain}") else ""
        tenant = await registry.by_slug(slug) if _LABEL.fullmatch(slug) else None
        if tenant is None or tenant.status == "provisioning":
            await self._nobody(scope, receive, send)
            return
        with acting_for(tenant):
            await self.workspace(scope, receive, send)

    async def _nobody(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/static/"):  # the page below needs its style
            await self.apex(scope, receive, send)
            return
        scope["litestar_app"] = self.apex
        request = Request[Any, Any, State](scope)
        problem = NoSuchHost(_("No workspace has this address. Check the spelling, or ask whoever invited you."))
        response = answer(request, problem)
        await response.to_asgi_response(None, request)(scope, receive, send)
