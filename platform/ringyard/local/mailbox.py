"""The mail catcher of a development installation: `python -m ringyard.local.mailbox PORT FOLDER [HOST]`.

Every mail becomes one file `<folder>/<time>-<n>.eml`, which the development mailbox page shows. Nothing is sent on.
"""

import asyncio
import itertools
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Catcher:
    """Writes under another name first: whoever lists `*.eml` never sees half a mail."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._numbers = itertools.count()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        recipients = ", ".join(envelope.rcpt_tos)
        name = f"{time.time_ns():020d}-{next(self._numbers)}.eml"
        unfinished = self._folder / f"{name}.new"
        raw = content if isinstance(content, bytes) else (content or "").encode()
        unfinished.write_bytes(f"X-Caught-For: {recipients}\r\n".encode() + raw)
        unfinished.rename(self._folder / name)
        return "250 Caught"


async def serve(port: int, folder: Path, host: str = "127.0.0.1") -> None:
    """Catch mail until SIGTERM or SIGINT."""
    catcher = Catcher(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(catcher, hostname="localhost"), host, port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with server:
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
