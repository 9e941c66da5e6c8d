"""What was enqueued, in place of a broker: recorded, and carried out when a test says so."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Job:
    name: str
    schema: str
    arguments: dict[str, Any]


class Recorder:
    """A sender for `tenants.jobs.use_sender`. Only what a commit let through arrives here."""

    def __init__(self) -> None:
        self.sent: list[Job] = []

    def __call__(self, job: str, schema: str, arguments: dict[str, Any]) -> None:
        self.sent.append(Job(job, schema, arguments))

    def names(self) -> list[str]:
        return [job.name for job in self.sent]

    def take(self, name: str) -> dict[str, Any]:
        """The arguments of the oldest waiting job of that name, which is then no longer waiting."""
        for job in self.sent:
            if job.name == name:
                self.sent.remove(job)
                return job.arguments
        raise AssertionError(f"no job {name!r} waits, only {self.names()}")
