"""A Postgres that one module has for itself, because it is killed there and started again."""

import signal
import subprocess
from functools import partial
from pathlib import Path

from ringyard.local import postgres
from ringyard.local.ports import any_free
from tests.support.waiting import until

_PASSWORD = "only-for-tests"
# What is committed outlives the server's processes without it; only a machine's fall would need it.
_HURRIED = "-cfsync=off"


class OwnPostgres:
    """`url` is an administrator's address."""

    def __init__(self, home: Path) -> None:
        self._programs, self._data, self._port = postgres.postgres(), home / "postgres", any_free()
        self._log = home / "postgres.log"
        self.url = postgres.url(self._port, _PASSWORD)
        postgres.prepare(self._programs, self._data, _PASSWORD)

    async def start(self) -> None:
        """Until it answers."""
        self._process = self._started()
        await until(partial(postgres.answers, self.url), deadline=30, what=f"Postgres answers, see {self._log}")

    def _started(self) -> subprocess.Popen[bytes]:
        command = [*postgres.command(self._programs, self._data, self._port, tied=True), _HURRIED]
        with self._log.open("ab") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")

    def fall(self) -> None:
        """Immediate mode: no transaction ends, no client is told, and the next start recovers."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(20)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)
