"""Idempotency keys on every POST of the API, in one place (see `web.idempotency` for what is promised)."""

import hashlib

from litestar import Request
from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from ringyard.kit.errors import Problem, TooLarge, invalid
from ringyard.kit.text import _
from ringyard.web.idempotency import Claim, announced
from ringyard.web.request import is_api

LONGEST_KEY = 255
LONGEST_BODY = 10_000_000


def idempotent(app: ASGIApp) -> ASGIApp:
    """A repeated key is answered from what is stored; a new one is announced to the handler's transaction."""

    async def keyed(scope: Scope, receive: Receive, send: Send) -> None:
        user, key = scope.get("user"), _key(scope)
        if user is None or key is None:
            await app(scope, receive, send)
            return
        body, replayed = await _body(scope, receive)
        claim = Claim(user.id, key, _fingerprint(scope, body), _status(scope))
        stored = await claim.stored()
        if stored is not None:
            await stored.to_asgi_response(None, Request(scope))(scope, receive, send)
            return
        heard = Heard(send)
        with announced(claim):
            await app(scope, replayed, heard)
        if not claim.honoured and heard.status < 400:
            await claim.keep(heard.status, bytes(heard.body))

    return keyed


class Heard:
    """Passes an answer on and remembers it, for routes that work in more than one transaction."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.status = 500
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.body += message["body"]
        await self.send(message)


def _status(scope: Scope) -> int:
    """What the route answers with when it succeeds."""
    handler = scope["route_handler"]
    return handler.status_code if isinstance(handler, HTTPRouteHandler) else 200


def _key(scope: Scope) -> str | None:
    if scope["type"] != ScopeType.HTTP or scope["method"] != "POST":
        return None
    request: Request = Request(scope)  # type: ignore[type-arg]
    key = request.headers.get("idempotency-key")
    if key is None or not is_api(request):
        return None
    if not 1 <= len(key) <= LONGEST_KEY:
        raise invalid("Idempotency-Key", _("A key has 1 to {n} characters.", n=LONGEST_KEY))
    return key


async def _body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """The body and a way to read it again. Uploads are not held in memory: they count by their length."""
    headers = dict(scope["headers"])
    if headers.get(b"content-type", b"").startswith(b"multipart/"):
        return headers.get(b"content-length", b""), receive
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Problem(_("The request ended before its body did."))
        body += message["body"]
        more = message["more_body"]
        if len(body) > LONGEST_BODY:
            raise TooLarge(_("The request is larger than allowed here."))
    pending = [bytes(body)]

    async def again() -> Message | object:
        return {"type": "http.request", "body": pending.pop(), "more_body": False} if pending else await receive()

    return bytes(body), again  # type: ignore[return-value]


def _fingerprint(scope: Scope, body: bytes) -> bytes:
    parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)  # type: ignore[typeddict-item]
    return hashlib.sha256(b"\0".join(parts)).digest()
