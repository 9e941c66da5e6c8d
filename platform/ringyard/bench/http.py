"""A very cheap HTTP client, so that on a small machine the server is measured and not the one who asks."""

import asyncio
import time

SECONDS = 6.0
AT_ONCE = 8


async def requests_per_second(port: int, host: str, path: str, cookie: str = "") -> float:
    """GET over kept connections, several at once, for some seconds. Raises RuntimeError for any answer but 200."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept: text/html", *([f"Cookie: {cookie}"] if cookie else [])]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    began = time.monotonic()
    counts = await asyncio.gather(*(_ask(port, request, began + SECONDS) for _ in range(AT_ONCE)))
    return sum(counts) / (time.monotonic() - began)


async def _ask(port: int, request: bytes, ends: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024 * 1024)
    count = 0
    try:
        while time.monotonic() < ends:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            await reader.readexactly(_length(head))
            count += 1
    finally:
        writer.close()
    return count


def _length(head: str) -> int:
    status, *headers = head.split("\r\n")
    if status.split()[1] != "200":
        raise RuntimeError(f"the bench was answered: {status}")
    for header in headers:
        name, _, value = header.partition(":")
        if name == "content-length":
            return int(value)
    raise RuntimeError("an answer without a length")
