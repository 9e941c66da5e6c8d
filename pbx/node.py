"""A node: one Asterisk with its own folders, ports and secrets, run as any user from an unpacked tree.

What lives here: writing a node's configuration and the command that starts it. Starting and watching the process
is the supervisor's business. Several nodes run side by side from one tree. In a container the tree is `/`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pbx.sounds import BUILT_IN_FOLDER

APP = "ringyard"
ARI_USER = "ringyard"
_TEMPLATES = Path(__file__).parent / "config"
_FOLDERS = ("etc", "lib/keys", "spool/recording", "spool/tmp", "run", "log", "cache")


class IncompleteTreeError(Exception):
    """The folder holds no runnable Asterisk; the message names the missing part."""


def _fill(template: str, values: Mapping[str, str]) -> str:
    """`@{name}` is ours, since the dialplan has its own `${NAME}`. Raises KeyError for a name without a value."""
    return re.sub(r"@\{(\w+)\}", lambda found: values[found[1]], template)


@dataclass(frozen=True)
class NodePorts:
    """`rtp_start` is even; two ports per concurrent call and 64 per call/s (ended calls hold theirs for a while)."""

    http: int
    sip: int
    rtp_start: int
    rtp_end: int


@dataclass(frozen=True)
class NodeDatabase:
    """Where endpoints are read from, with the login that sees nothing else. `host` may be a socket folder."""

    host: str
    port: int
    name: str
    user: str
    password: str


@dataclass(frozen=True)
class LocalNode:
    """A node on this machine. `tree` is an unpacked Debian Asterisk; `folder` the node's own, made by `configure`."""

    name: str
    tree: Path
    folder: Path
    ports: NodePorts
    ari_password: str
    database: NodeDatabase | None = None
    bind: str = "127.0.0.1"

    @property
    def ari_url(self) -> str:
        return f"http://{self.bind}:{self.ports.http}"

    @property
    def sip_address(self) -> tuple[str, int]:
        """Host and port that peers send SIP to; also the sandbox carrier's address."""
        return self.bind, self.ports.sip

    @property
    def recordings(self) -> Path:
        return self.folder / "spool" / "recording"

    def configure(self) -> None:
        """Make the folders and write every configuration file anew; files are the owner's alone (they hold secrets)."""
        for name in _FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        values = self._values()
        for template in sorted(_TEMPLATES.glob("*.conf")):
            target = self.folder / "etc" / template.name
            target.touch(mode=0o600)
            target.chmod(0o600)
            target.write_text(_fill(template.read_text(), values))

    def command(self) -> list[str]:
        """The arguments that run the node in the foreground, through the tree's own loader and libraries.

        Raises IncompleteTreeError."""
        asterisk = self.tree / "usr/sbin/asterisk"
        if not asterisk.exists():
            raise IncompleteTreeError(f"{asterisk} is missing")
        return [
            *self._loader(),
            str(asterisk),
            "-C",
            str(self.folder / "etc/asterisk.conf"),
            "-f",
        ]

    def environment(self) -> Mapping[str, str]:
        """All a node needs of the environment: nothing of the caller's leaks in."""
        return {
            "HOME": str(self.folder),
            "PATH": "/usr/bin:/bin",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
        }

    def _loader(self) -> list[str]:
        if self.tree == Path("/"):
            return []
        libraries = self._libraries()
        loader = next(libraries.glob("ld-linux-*.so.*"), None)
        if loader is None:
            raise IncompleteTreeError(f"no ld-linux in {libraries}")
        return [str(loader), "--library-path", str(libraries)]

    def _libraries(self) -> Path:
        modules = next(self.tree.glob("usr/lib/*-linux-gnu/asterisk/modules"), None)
        if modules is None:
            raise IncompleteTreeError(f"no Asterisk modules in {self.tree}/usr/lib")
        return modules.parents[1]

    def _values(self) -> dict[str, str]:
        return {
            "name": self.name,
            "app": APP,
            "home": str(self.folder),
            "etc": str(self.folder / "etc"),
            "modules": str(self._libraries() / "asterisk/modules"),
            "data": str(self.tree / "usr/share/asterisk"),
            "sounds": str(BUILT_IN_FOLDER),
            "bind": self.bind,
            "http_port": str(self.ports.http),
            "sip_port": str(self.ports.sip),
            "rtp_start": str(self.ports.rtp_start),
            "rtp_end": str(self.ports.rtp_end),
            "ari_user": ARI_USER,
            "ari_password": self.ari_password,
            **self._database_values(),
        }

    def _database_values(self) -> dict[str, str]:
        database = self.database or NodeDatabase("", 0, "", "", "")
        return {
            "realtime": "" if self.database else ";",
            "db_host": database.host,
            "db_port": str(database.port),
            "db_name": database.name,
            "db_user": database.user,
            "db_password": database.password,
        }
