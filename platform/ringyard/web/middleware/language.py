"""The reader's language for this request: what the browser prefers among those we speak."""

from babel.core import negotiate_locale
from litestar.types import ASGIApp, Receive, Scope, Send

from ringyard.kit.text import LANGUAGES, speaking


def preferred(scope: Scope) -> str:
    header = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), "")
    wanted = [part.partition(";")[0].strip() for part in header.split(",")[:10]]
    return negotiate_locale(wanted, LANGUAGES, sep="-") or LANGUAGES[0]


class Language:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with speaking(preferred(scope)):
            await self.app(scope, receive, send)
