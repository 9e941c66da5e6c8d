"""SIPp as the far end of calls: one process per scenario of `tests/telephony/peers` and port."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import SOCK_DGRAM

from pbx.orders import IpTrunk
from ringyard.local.ports import any_free
from ringyard.local.sipp import sipp
from tests.support.waiting import until_now

_SCENARIOS = Path(__file__).parent.parent / "telephony" / "peers"
HOST = "127.0.0.1"
_QUIET = subprocess.DEVNULL


@dataclass(frozen=True)
class Peer:
    port: int
    folder: Path

    @property
    def trunk(self) -> IpTrunk:
        return IpTrunk(HOST, self.port)

    def called(self) -> list[str]:
        """The numbers of the INVITEs so far (scenarios that log them), in order."""
        return self._logged("INVITE ")

    def callers(self) -> list[str]:
        """The caller ids of those, where the scenario logs them."""
        return self._logged("FROM ")

    def _logged(self, what: str) -> list[str]:
        log = self.folder / "calls.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [line.removeprefix(what) for line in lines if line.startswith(what)]


@contextmanager
def peer(scenario: str, *more: str, code: int = 0, port: int = 0, phone: str = "") -> Iterator[Peer]:
    """A far end, on a free port if none is given; `more` are SIPp's arguments, `code` what a refusing one says,
    `phone` the name of an account that dials."""
    with tempfile.TemporaryDirectory(prefix="ringyard-peer-") as name:
        scene = (_SCENARIOS / f"{scenario}.xml").read_text().replace("CODE", str(code)).replace("PHONE", phone)
        (Path(name) / "scenario.xml").write_text(scene)
        far_end = Peer(port or any_free(SOCK_DGRAM), Path(name))
        process = subprocess.Popen(_command(far_end, more), cwd=name, stdin=_QUIET, stdout=_QUIET, stderr=_QUIET)
        try:
            until_now(lambda: _is_bound(far_end.port), 20, f"SIPp listens on {far_end.port}")
            yield far_end
        finally:
            process.kill()
            process.wait()


def _is_bound(port: int) -> bool:
    """A packet to a port that nobody has opened yet ends a call at once, by ICMP."""
    sockets = Path("/proc/net/udp").read_text().splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") for line in sockets)


@dataclass(frozen=True)
class PhoneSet:
    """An agent's phone with its account on a node (host, port)."""

    name: str
    password: str
    node: tuple[str, int]
    port: int

    def registers(self) -> bool:
        with tempfile.TemporaryDirectory(prefix="ringyard-phone-") as folder:
            scene = (_SCENARIOS / "registers.xml").read_text()
            (Path(folder) / "scenario.xml").write_text(scene)
            command = _command(Peer(self.port, Path(folder)), (*self._account(self.name), "-m", "1", "-timeout", "5"))
            return subprocess.run(command, cwd=folder, stdin=_QUIET, capture_output=True, check=False).returncode == 0

    def dials(self, number: str) -> AbstractContextManager[Peer]:
        """A call of its own that stays until it is hung up."""
        return peer("dials", *self._account(number), "-m", "1", phone=self.name)

    def _account(self, service: str) -> tuple[str, ...]:
        host, port = self.node
        return ("-s", service, "-au", self.name, "-ap", self.password, f"{host}:{port}")


@contextmanager
def silent_peer() -> Iterator[Peer]:
    """Takes every packet and says nothing."""
    with socket.socket(socket.AF_INET, SOCK_DGRAM) as hole:
        hole.bind((HOST, 0))
        yield Peer(hole.getsockname()[1], Path())


def _command(far_end: Peer, more: tuple[str, ...]) -> list[str]:
    return [
        str(sipp()),
        *("-sf", "scenario.xml"),
        *("-i", HOST, "-p", str(far_end.port), "-mp", str(any_free(SOCK_DGRAM))),
        *("-nostdin", "-trace_logs", "-log_file", str(far_end.folder / "calls.log")),
        *("-trace_err", "-error_file", str(far_end.folder / "errors.log")),
        *more,
    ]
