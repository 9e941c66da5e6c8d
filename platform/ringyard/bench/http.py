"""A very cheap HTTP client, so that on a small machine the server is measured and not the one who asks."""

import asyncio
import time
from types import TracebackType
from typing import Self

import httpx

from ringyard.kit.settings import Settings

SECONDS = 6.0
AT_ONCE = 8
_LARGEST_HEAD = 1024 * 1024


class Visitor:
    """One person with one kept connection: `async with Visitor(port, host, cookie) as visitor`.

    With `part` pages are asked for as htmx does, for the list without the frame round it.
    """

    def __init__(self, port: int, host: str, cookie: str = "", part: bool = False) -> None:
        self._port = port
        wanted = {"Host": host, "Accept": "text/html", "Cookie": cookie, "HX-Request": "true" if part else ""}
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in wanted.items() if value)

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=_LARGEST_HEAD)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    async def reconnect(self) -> None:
        """After a request that was given up, or a pause in which the server hangs up."""
        self._writer.close()
        await self.__aenter__()

    async def get(self, path: str) -> tuple[float, bytes]:
        """Seconds from the request to the answer's last byte, and its body. Raises RuntimeError unless it is 200."""
        began = time.perf_counter()
        self._writer.write(f"GET {path} HTTP/1.1\r\n{self._headers}\r\n".encode())
        try:
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            body = await self._reader.readexactly(_length(head, path))
        except asyncio.IncompleteReadError as error:
            raise RuntimeError(f"{path} was not answered to its end") from error
        return time.perf_counter() - began, body


async def requests_per_second(port: int, host: str, path: str, cookie: str = "") -> float:
    """GET over kept connections, several at once, for some seconds. Raises RuntimeError for any answer but 200."""
    began = time.monotonic()
    visitors = (Visitor(port, host, cookie) for _ in range(AT_ONCE))
    counts = await asyncio.gather(*(_ask(visitor, path, began + SECONDS) for visitor in visitors))
    return sum(counts) / (time.monotonic() - began)


async def sign_in(settings: Settings, slug: str, login: str, password: str) -> str:
    """Through the form, as a person does; gives the cookie's line."""
    host = settings.netloc(f"{slug}.{settings.domain}")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.port}", headers={"Host": host}) as client:
        answer = await client.post("/login", data={"login": login, "password": password})
    if answer.status_code != 303 or not answer.cookies:
        raise RuntimeError(f"signing in was answered {answer.status_code}")
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


async def _ask(visitor: Visitor, path: str, ends: float) -> int:
    count = 0
    async with visitor:
        while time.monotonic() < ends:
            await visitor.get(path)
            count += 1
    return count


def _length(head: str, path: str) -> int:
    status, *headers = head.split("\r\n")
    if status.split()[1] != "200":
        raise RuntimeError(f"{path} was answered: {status}")
    for header in headers:
        name, _, value = header.partition(":")
        if name == "content-length":
            return int(value)
    raise RuntimeError("an answer without a length")
