"""HTTP and websocket to one node: the password in a header, a limit on every wait, the node's own error text.

It has the shape that aioari's resource model wants of an HTTP client (`request`, `ws_connect`, `close`).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from pbx.ari.errors import AriRefusedError, AriUnreachableError, AriUnsureError

LIMIT_S = 5.0
HEARTBEAT_S = 2.0
_CONNECTIONS = 16
_KEEP_ALIVE_S = 30.0  # under the node's own 60 s, so that it never closes a connection that we are about to use


@dataclass(frozen=True)
class Reply:
    """An answer below 400, read whole."""

    status: int
    body: bytes

    async def text(self) -> str:
        return self.body.decode()

    async def json(self) -> Any:
        return json.loads(self.body)


class Transport:
    """Made inside a running loop; `close` it. At most 16 requests are in flight, more wait for a place."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url = url
        self._session = aiohttp.ClientSession(
            headers={"Authorization": aiohttp.encode_basic_auth(user, password)},
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS + 1, keepalive_timeout=_KEEP_ALIVE_S),
            timeout=aiohttp.ClientTimeout(total=None, connect=None),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Accept-Encoding"),
        )
        self._places = asyncio.Semaphore(_CONNECTIONS)

    async def close(self) -> None:
        await self._session.close()

    async def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        data: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Within 5 s, counted from when the request has a place.

        Raises AriRefusedError, AriUnreachableError, AriUnsureError."""
        target = self._absolute(url)
        async with (
            self._places,
            _told_plainly(),
            asyncio.timeout(LIMIT_S),
            self._session.request(method, target, params=_as_words(params), data=data, headers=headers) as response,
        ):
            body = await response.read()
        if response.status >= 400:
            raise AriRefusedError(response.status, _error_text(body, response.reason))
        return Reply(response.status, body)

    async def ws_connect(self, url: str, params: Mapping[str, Any] | None = None) -> aiohttp.ClientWebSocketResponse:
        """Open within 5 s; a peer silent for about 3 s closes it. Raises like `request`."""
        async with _told_plainly(), asyncio.timeout(LIMIT_S):
            return await self._session.ws_connect(
                self._absolute(url),
                params=_as_words(params),
                heartbeat=HEARTBEAT_S,
                timeout=aiohttp.ClientWSTimeout(ws_close=0.5),
                max_msg_size=0,
            )

    async def stream(self, url: str) -> AsyncIterator[bytes]:
        """The body in chunks; the limit is on each chunk, not on the whole. Raises like `request`."""
        patience = aiohttp.ClientTimeout(sock_connect=LIMIT_S, sock_read=LIMIT_S)
        async with (
            _told_plainly(),
            self._session.get(self._absolute(url), timeout=patience) as response,
        ):
            if response.status >= 400:
                body = await response.read()
                raise AriRefusedError(response.status, _error_text(body, response.reason))
            async for chunk in response.content.iter_chunked(64 * 1024):
                yield chunk

    def _absolute(self, url: str) -> URL:
        """As it is written: a quoted slash in a recording's name must stay quoted."""
        absolute = url if "://" in url else f"{self._url}/ari{url}"
        return URL(absolute, encoded=True)


@asynccontextmanager
async def _told_plainly() -> AsyncIterator[None]:
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        raise AriUnreachableError(str(error)) from error
    except TimeoutError as error:
        raise AriUnsureError(f"no answer within {LIMIT_S:g} s") from error
    except aiohttp.WSServerHandshakeError as error:
        raise AriRefusedError(error.status, error.message) from error
    except (aiohttp.ClientError, ConnectionError) as error:
        raise AriUnsureError(str(error) or type(error).__name__) from error


def _as_words(params: Mapping[str, Any] | None) -> dict[str, str] | None:
    """ARI writes booleans in small letters; the HTTP library refuses them."""
    if not params:
        return None
    return {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in params.items()}


def _error_text(body: bytes, reason: str | None) -> str:
    try:
        return str(json.loads(body)["message"])
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace") or reason or ""
