"""The worker's edge: every job names its workspace, and runs with it in the context."""

from collections.abc import Awaitable, Callable
from typing import Any

import dramatiq
import structlog

from tenants import registry
from tenants.context import acting_for
from worker.queues import JOBS

log = structlog.get_logger()
Work = Callable[..., Awaitable[None]]


def job(name: str, **options: Any) -> Callable[[Work], dramatiq.Actor[Any, Any]]:
    """Declare a job: its first message argument is the workspace's schema, the rest are the function's ids."""

    def declare(work: Work) -> dramatiq.Actor[Any, Any]:
        async def run(schema: str, **ids: Any) -> None:
            tenant = await registry.by_schema(schema)
            if tenant is None or tenant.status == "provisioning":
                log.warning("job for an unknown workspace dropped", job=name, schema=schema)
                return
            with acting_for(tenant), structlog.contextvars.bound_contextvars(job=name, workspace=tenant.slug):
                await work(**ids)

        return dramatiq.actor(actor_name=name, queue_name=JOBS[name], **options)(run)

    return declare
