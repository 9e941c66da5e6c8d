"""Real Asterisk nodes for tests: each with its own folder and ports, ended with the test."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import SOCK_DGRAM

from pbx.node import LocalNode, NodeDatabase, NodePorts
from ringyard.local.asterisk_tree import asterisk_tree
from ringyard.local.ports import Ports, any_free

_RTP_PORTS = 512
"""Two for each call, and those of ended calls stay taken for about half a minute."""


class RunningNode:
    """A node whose process can be killed, frozen and started again."""

    def __init__(self, config: LocalNode) -> None:
        self.config = config
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.config.folder / "log/console").open("ab") as output:
            self._process = subprocess.Popen(
                self.config.command(),
                env=self.config.environment(),
                stdout=output,
                stderr=output,
            )

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """As if the power failed: no good-byes on the wire."""
        self.signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()


@contextmanager
def running_node(
    database: NodeDatabase | None = None, name: str = "test", rtp_ports: int = _RTP_PORTS
) -> Iterator[RunningNode]:
    folder = Path(tempfile.mkdtemp(prefix="ringyard-node-"))
    rtp = Ports(folder).take_range("rtp", rtp_ports)
    ports = NodePorts(any_free(), any_free(SOCK_DGRAM), rtp, rtp + rtp_ports - 1)
    node = RunningNode(LocalNode(name, asterisk_tree(), folder, ports, "only-for-tests", database))
    node.config.configure()
    node.start()
    try:
        yield node
    finally:
        node.kill()
        shutil.rmtree(folder)
