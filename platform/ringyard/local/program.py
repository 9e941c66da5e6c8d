"""One part that the supervisor runs."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

RINGYARD = str(Path(sys.executable).with_name("ringyard"))
"""The command line of this very environment."""


@dataclass(frozen=True)
class Program:
    """A command with what the supervisor must know to start and stop it.

    `outlives`: when the supervisor was killed, the program goes on and the next supervisor adopts it (data servers,
    whose start costs time); any other one is told by the kernel to end with its supervisor.
    `stop_limit_s`: seconds between the stop signal and SIGKILL.
    `environment`: None means that of the supervisor.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] | None = field(default=None, repr=False)
    stop_signal: signal.Signals = signal.SIGTERM
    stop_limit_s: float = 10
    outlives: bool = False
