"""Jobs of recordings."""

from uuid import UUID

from pbx.recordings import keep_recording as keep
from worker.tenancy import job


@job("keep_recording")
async def keep_recording(call_id: str) -> None:
    """Bring a call's recording from its node to the store; retried while the node is away."""
    await keep(UUID(call_id))
