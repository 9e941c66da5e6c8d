"""What a crash between a commit and the sending of its job has left undone, found again each minute per workspace.

Everything here may run at any time, beside itself too. Runs inside an open workspace transaction.
"""

from datetime import timedelta

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from tenants.calls.lifecycle import Ended, Event
from tenants.calls.storing import store
from tenants.contacts.texts import write_lost_texts
from tenants.do_not_call.importing import resume_stalled_lists
from tenants.erasing.running import resume_erasures
from tenants.handouts.service import release_at_days_end
from tenants.imports.mending import resume_accepting
from tenants.imports.running import resume_stalled
from tenants.imports.surveying import ask_again
from tenants.imports.undoing import resume_stalled_undos
from tenants.jobs import enqueue
from tenants.operations.sweeping import sweep_operations

KEYS_KEPT = timedelta(days=1)
"""How long a POST may be repeated under its idempotency key."""

LONGEST_CALL = timedelta(hours=3)
"""Every call has an absolute limit of two hours at its node; an older one belongs to a node that is gone."""


async def sweep() -> None:
    await _enrol_again()
    await _keep_recordings()
    await resume_stalled()
    await resume_accepting()
    await ask_again()
    await resume_stalled_undos()
    await sweep_operations()
    await resume_stalled_lists()
    await release_at_days_end()
    await resume_erasures()
    await write_lost_texts()
    await _close_forgotten_calls()
    await connection().execute("delete from idempotency where created_at < $1", now() - KEYS_KEPT)


async def _enrol_again() -> None:
    rows = await connection().fetch("select id from campaigns where state = 'running' and enrolled_at is null")
    for row in rows:
        enqueue("enrol", campaign_id=str(row["id"]))


async def _keep_recordings() -> None:
    """Answered calls whose recording is still at their node."""
    rows = await connection().fetch(
        """select id from calls
           where record and recording_id is null and answered_at is not null
             and ended_at between now() - interval '1 day' and now() - interval '2 minutes'
           order by ended_at limit 500"""
    )
    for row in rows:
        enqueue("keep_recording", call_id=str(row["id"]))


async def _close_forgotten_calls() -> None:
    rows = await connection().fetch(
        "select id from calls where ended_at is null and reserved_at < $1", now() - LONGEST_CALL
    )
    events: list[Event] = [Ended(row["id"], now(), "lost") for row in rows]
    if events:
        await store(events)
