"""Sorts of a contact list: what they go by, which piece of an index stands so, where a page begins. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringyard.kit.keyset import decoded, encoded
from tenants.contacts.conditions import Conditions
from tenants.contacts.filters import NOBODY, ContactFilter, Sort

# Ids hold the time they were made at, so they are the order in which contacts came.
_KEYS = {"modified": "modified_at", "created": "id", "name": 't.name collate "C"'}
_KINDS: dict[str, Any] = {
    "modified": tuple[datetime, UUID, bool],
    "created": tuple[UUID, UUID, bool],
    "name": tuple[str, UUID, bool],
}

# The columns that have an index in the order of the last change behind them, the choosiest first.
_WALKED = {"agent_id": "responsible_id", "outcome_id": "outcome_id", "base_id": "base_id", "status": "status"}


@dataclass(frozen=True, slots=True)
class Ordering:
    """`by` is modified, created or name. A page begins after `place` (key and id), or with `before` ends there: it is
    then read against the list's order.
    """

    by: str
    descending: bool
    place: tuple[Any, UUID] | None = None
    before: bool = False

    @property
    def key(self) -> str:
        return _KEYS[self.by]

    @property
    def direction(self) -> str:
        return "desc" if self.descending != self.before else "asc"

    @property
    def id(self) -> str:
        return "t.contact_id" if self.by == "name" else "id"

    def sorted(self, key: str, contact_id: str) -> str:
        return f"{key} {self.direction}, {contact_id} {self.direction}"

    def beyond(self, found: Conditions, key: str = "", contact_id: str = "") -> str:
        """What is true for the rows on the page's side of its place, where key and id are called so."""
        if self.place is None:
            return "true"
        sign = "<" if self.direction == "desc" else ">"
        after, after_id = self.place
        key, contact_id = key or self.key, contact_id or self.id
        if key == contact_id:
            return f"{contact_id} {sign} {found.place(after_id)}"
        return f"({key}, {contact_id}) {sign} ({found.place(after)}, {found.place(after_id)})"


def ordering(sort: Sort, cursor: str | None = None) -> Ordering:
    """Raises Invalid for a cursor that a list in this order did not give."""
    by = sort.lstrip("-")
    place, before = None, False
    if cursor:
        key, contact_id, before = decoded(cursor, _KINDS[by])
        place = (key, contact_id)
    return Ordering(by, sort.startswith("-"), place, before)


def cursor_of(key: Any, contact_id: UUID, before: bool) -> str:
    return encoded((key, contact_id, before))


def piece(found: Conditions, chosen: ContactFilter, by: str) -> str:
    """The condition whose rows stand in one piece of an index in that order. A contact changes after it came."""
    parts = Conditions(found.values)
    if by == "modified":
        parts.between("modified_at", chosen.modified_from or chosen.created_from, chosen.modified_to)
        _one_column(parts, chosen)
    elif by == "created":
        came_before = min((at for at in (chosen.created_to, chosen.modified_to) if at), default=None)
        parts.made_between(chosen.created_from, came_before, parts.add)
        parts.equal("import_id", chosen.import_id)
    else:
        parts.equal("t.contact_region", chosen.region)
        if found.beginning:
            parts.add(found.beginning)
    return parts.filters


def _one_column(parts: Conditions, chosen: ContactFilter) -> None:
    for name, column in _WALKED.items():
        value = getattr(chosen, name)
        if value not in (None, NOBODY, "in_call"):
            parts.equal(column, value)
            return
