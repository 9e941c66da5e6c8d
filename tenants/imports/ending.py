"""What follows when no further row of an import enters, however it ended. Runs inside an open workspace transaction."""

from uuid import UUID

from tenants.events import emit
from tenants.jobs import enqueue


def follow_end(import_id: UUID, base_id: UUID, state: str) -> None:
    """Running campaigns of the base take the new contacts in, and search texts that are still missing are written."""
    emit("import.done", id=import_id, base_id=base_id, state=state)
    enqueue("enrol_base", base_id=base_id)
    enqueue("write_texts", import_id=str(import_id))
