"""Security headers on every answer, and the nonce that lets our own scripts run under a strict content policy."""

import secrets

from litestar.datastructures import MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from ringyard.kit.settings import Settings
from ringyard.web.request import NONCE, host_of


def policy(nonce: str, form_targets: str) -> str:
    """`form_targets`: browsers also hold the redirects that follow a form to this."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action {form_targets}",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.secure = settings.scheme == "https"
        self.apex = settings.domain
        self.workspaces = f"{settings.scheme}://{settings.netloc(f'*.{settings.domain}')}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(16)
        scope[NONCE] = nonce  # type: ignore[literal-required]
        form_targets = f"'self' {self.workspaces}" if host_of(scope) == self.apex else "'self'"
        content_policy = policy(nonce, form_targets)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableScopeHeaders.from_message(message), content_policy)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableScopeHeaders, content_policy: str) -> None:
        headers["content-security-policy"] = content_policy
        headers["x-content-type-options"] = "nosniff"
        headers["x-frame-options"] = "DENY"
        headers["referrer-policy"] = "same-origin"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(self)"
        if self.secure:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
