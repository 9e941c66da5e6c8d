"""What is known of one person, and what an erasure did. Pure."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec


class PersonContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that shares a number or the e-mail address with the one that was asked about."""

    id: UUID
    base_id: UUID
    name: str
    email: str
    numbers: list[str]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """`confirmation` is to be typed before an erasure: the first number, else the e-mail address, else the id.

    `numbers` and `emails` are theirs alone: those that a contact left out also has are not among them.
    """

    contact_id: UUID
    confirmation: str
    contacts: list[PersonContact]
    numbers: list[str]
    emails: list[str]
    calls: int
    recordings: int
    documents: int
    in_call: bool

    @property
    def contact_ids(self) -> list[UUID]:
        return [one.id for one in self.contacts]


class EraseOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`confirm` repeats the person's `confirmation`. `contact_ids` leaves matching contacts out; all if not given."""

    confirm: str
    do_not_call: bool = True
    contact_ids: list[UUID] | None = None


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """`counts` says how many rows of what are gone or made anonymous (`calls`). `import_ids`: imports whose uploaded
    file may still hold the person."""

    id: UUID
    state: Literal["running", "done", "failed"]
    counts: dict[str, int]
    import_ids: list[UUID]
    created_by: UUID | None
    created_at: datetime
    finished_at: datetime | None


class Identifiers(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a running erasure is about; it is forgotten at its end."""

    contact_ids: list[UUID]
    numbers: list[str]
    emails: list[str]
    do_not_call: bool


KINDS = ("contacts", "calls", "recordings", "comments", "documents", "consents", "junk", "changes", "do_not_call")


def erasure_of(row: Any) -> Erasure:
    """Out of a row of `operations` of the kind `erase`."""
    value = row["value"]
    return Erasure(
        id=row["id"],
        state=row["state"],
        counts={kind: value.get("counts", {}).get(kind, 0) for kind in KINDS},
        import_ids=[UUID(one) for one in value.get("import_ids", [])],
        created_by=row["created_by"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
    )
