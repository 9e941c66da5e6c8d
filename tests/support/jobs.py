"""What was enqueued, in place of a broker: recorded, and carried out when a test says so."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from dramatiq import Broker, set_broker
from dramatiq.brokers.stub import StubBroker


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

    async def carry_out(self, *names: str) -> None:
        """Run the waiting jobs of these names in this process, and what they enqueue, until none waits.

        Ids travel as text, as through the broker."""
        while waiting := [job for job in self.sent if job.name in names]:
            self.sent.remove(waiting[0])
            ids = {name: str(value) for name, value in waiting[0].arguments.items()}
            await _actor(waiting[0].name)(waiting[0].schema, **ids)


def _actor(name: str) -> Callable[..., Awaitable[None]]:
    """The function a worker would run, without the thread and the event loop it would run it on."""
    work = _declared().get_actor(name).fn
    return cast(Callable[..., Awaitable[None]], inspect.unwrap(work))


@cache
def _declared() -> Broker:
    from worker.main import declare_actors  # it brings the whole product along, which unit tests need not wait for

    broker = StubBroker()
    set_broker(broker)
    declare_actors()
    return broker
