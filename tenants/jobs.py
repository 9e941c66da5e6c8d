"""The seam to the workers: jobs are asked for by name, with ids only, and sent after the commit.

Every job may run twice; what a crash between commit and send would lose is found again by a sweep. The composition
root of a process says who sends (`use_sender`); this package does not know the broker.
"""

from typing import Any, Protocol

from ringyard.kit.db import after_commit
from tenants.context import current


class Sender(Protocol):
    def __call__(self, job: str, schema: str, arguments: dict[str, Any]) -> None: ...


_sender: Sender | None = None


def use_sender(sender: Sender) -> None:
    global _sender  # noqa: PLW0603 - one broker per process
    _sender = sender


def enqueue(job: str, **ids: Any) -> None:
    """Ask for a job for the current tenant, once the open transaction has committed."""
    schema = current().schema
    after_commit(lambda: send(job, schema, ids))


def send(job: str, schema: str, arguments: dict[str, Any]) -> None:
    """Send at once: for edges that hold no transaction (the clock, a dial job's successor)."""
    if _sender is None:
        raise RuntimeError("no sender: the composition root must call use_sender()")
    _sender(job, schema, arguments)
