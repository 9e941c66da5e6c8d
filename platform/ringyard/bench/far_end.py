"""The far end of every measured call: one SIPp that answers, and what it noted of each INVITE."""

import itertools
from dataclasses import dataclass
from pathlib import Path
from socket import SOCK_DGRAM

from ringyard.local.ports import Ports
from ringyard.local.program import Program
from ringyard.local.sipp import sipp

HOST = "127.0.0.1"
_SCENARIO = Path(__file__).parent / "peers" / "answers.xml"


@dataclass(frozen=True, slots=True)
class Invite:
    """`at`: when it came to SIPp, in seconds of the machine's clock (retransmissions are not counted)."""

    number: str
    at: float


@dataclass(frozen=True)
class FarEnd:
    port: int
    media_port: int
    log: Path

    def program(self) -> Program:
        return Program(
            "sipp",
            (
                str(sipp()),
                *("-sf", str(_SCENARIO), "-i", HOST, "-p", str(self.port), "-mp", str(self.media_port)),
                *("-nostdin", "-trace_logs", "-log_file", str(self.log)),
            ),
            stop_limit_s=1,
        )

    def invites(self, prefix: str) -> list[Invite]:
        """The INVITEs so far to numbers that begin so, in the order of their coming."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        noted = (line.split() for line in lines if line.startswith(f"INVITE {prefix}"))
        return [Invite(fields[1], float(fields[-1])) for fields in noted]


def far_end(home: Path) -> FarEnd:
    ports = Ports(home)
    return FarEnd(ports.take("sipp", SOCK_DGRAM), ports.take("sipp-media", SOCK_DGRAM), home / "log" / "invites.log")


def numbers(prefix: str, count: int) -> list[str]:
    """So many different numbers; `prefix` is of a length that makes them valid Polish ones (+48 and two digits)."""
    return [f"{prefix}{last:07d}" for last in itertools.islice(itertools.count(), count)]


def rate(invites: list[Invite]) -> float:
    """Per second, from the first INVITE to the last: the same yardstick for the product and for bare calls."""
    times = sorted(invite.at for invite in invites)
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0
