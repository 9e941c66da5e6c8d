"""Why a contact is not being called now, and when that may change: exactly one reason of the public contract. Pure."""

from dataclasses import dataclass
from datetime import datetime

from tenants.campaigns.hours import Window, is_open, next_open


@dataclass(frozen=True, slots=True)
class Standing:
    """A contact's place in one campaign: its target's columns and the campaign's state."""

    state: str
    reason: str
    zone: str
    due_at: datetime
    campaign_state: str


def of(standing: Standing, window: Window, at: datetime) -> tuple[str, datetime | None]:
    """(reason, until): `until` is None where only a person's action changes it, or nothing at all is in the way."""
    if standing.state == "active":
        return standing.reason or "in_call", None
    if standing.state == "done":
        return standing.reason, None
    if standing.campaign_state != "running":
        return "campaign_not_running", None
    if standing.due_at > at:
        return _later(standing, window)
    if not is_open(window, standing.zone, at):
        return "outside_hours", next_open(window, standing.zone, at)
    return "due", None


def _later(standing: Standing, window: Window) -> tuple[str, datetime | None]:
    if standing.reason == "reserved":  # an agent has the contact, for as long as the agent likes
        return "reserved", None
    reason = standing.reason if standing.reason in ("callback", "duplicate_active") else "scheduled"
    return reason, next_open(window, standing.zone, standing.due_at)
