"""The broker and the enqueue seam: any process may ask for a job by name without knowing its code."""

from typing import Any

from dramatiq import Consumer, Message, set_broker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, Retries, ShutdownNotifications

from worker.queues import DEFAULT, DIAL, JOBS

HEARTBEAT_MS = 15_000
ALWAYS = 1_000_000
"""Maintenance with every message fetched: the default all but never redelivers what a killed worker held."""

SLOW_POLL_MS = 400
"""A poll costs about 0.4 ms of CPU; where nobody waits for the start of a job, few are enough."""

DELAYS_MS = {"keep_recording": 1_500}
"""A recording's file is written to its end a moment after the call."""


class PatientBroker(RedisBroker):
    """Looks seldom at the queues of long and of delayed jobs while they are empty."""

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = SLOW_POLL_MS) -> Consumer:
        poll_ms = timeout if queue_name in (DIAL, DEFAULT) else max(timeout, SLOW_POLL_MS)
        return super().consume(queue_name, prefetch, poll_ms)


def make_broker(redis_url: str) -> RedisBroker:
    """The process's broker; actors declared afterwards belong to it."""
    middleware = [AgeLimit(), ShutdownNotifications(), Retries(max_retries=8, min_backoff=1_000)]
    broker = PatientBroker(  # type: ignore[no-untyped-call]
        url=redis_url, middleware=middleware, heartbeat_timeout=HEARTBEAT_MS, maintenance_chance=ALWAYS
    )
    set_broker(broker)
    return broker


class BrokerSender:
    """Sends jobs for `tenants.jobs`; ids travel as text."""

    def __init__(self, broker: RedisBroker) -> None:
        self._broker = broker

    def __call__(self, job: str, schema: str, arguments: dict[str, Any]) -> None:
        ids = {name: str(value) for name, value in arguments.items()}  # a message is JSON, which knows no UUID
        message: Message[None] = Message(queue_name=JOBS[job], actor_name=job, args=(schema,), kwargs=ids, options={})
        self._broker.enqueue(message, delay=DELAYS_MS.get(job))
