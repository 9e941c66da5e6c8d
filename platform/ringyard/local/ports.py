"""Free ports, remembered in `<home>/ports.json`: a second start uses the same ones while they are free."""

import json
import socket
import zlib
from contextlib import ExitStack
from pathlib import Path

RTP_FROM, RTP_TO = 10000, 32000


def is_free(port: int, kind: socket.SocketKind = socket.SOCK_STREAM) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def any_free(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Ports:
    """The ports of one home, by the name of what listens there."""

    def __init__(self, home: Path) -> None:
        self._path = home / "ports.json"
        self._known: dict[str, int] = json.loads(self._path.read_text()) if self._path.exists() else {}

    def known(self, name: str) -> int | None:
        return self._known.get(name)

    def take(self, name: str, kind: socket.SocketKind = socket.SOCK_STREAM, in_use_by_us: bool = False) -> int:
        """The remembered port while it is free (or held by our own adopted server), else a new one."""
        port = self._known.get(name)
        if port is None or not (in_use_by_us or is_free(port, kind)):
            port = any_free(kind)
            self._remember(name, port)
        return port

    def take_range(self, name: str, count: int) -> int:
        """The first (even) of `count` neighbouring UDP ports for media.

        Media ports are open only during calls, so looking is not enough: each home begins at another place, found
        from its path.
        """
        start = self._known.get(name)
        if start is None or not _range_is_free(start, count):
            taken = set(self._known.values())
            start = next(first for first in self._ranges(count) if first not in taken and _range_is_free(first, count))
            self._remember(name, start)
        return start

    def _ranges(self, count: int) -> list[int]:
        starts = list(range(RTP_FROM, RTP_TO, count))
        middle = zlib.crc32(str(self._path.absolute()).encode()) % len(starts)
        return starts[middle:] + starts[:middle]

    def _remember(self, name: str, port: int) -> None:
        self._known[name] = port
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._known, indent=1, sort_keys=True))


def _range_is_free(start: int, count: int) -> bool:
    with ExitStack() as open_sockets:
        for port in range(start, start + count, 16):
            probe = open_sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True
