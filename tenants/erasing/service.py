"""Asking for a person's erasure, and what became of it. Runs inside an open workspace transaction."""

import re
from uuid import UUID

import msgspec

from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.text import _
from tenants.erasing.fields import EraseOrder, Erasure, Identifiers, Person, erasure_of
from tenants.erasing.people import person_of
from tenants.jobs import enqueue

_SHOWN = "id, state, value, created_by, created_at, finished_at"


async def erase(contact_id: UUID, order: EraseOrder, user_id: UUID) -> Erasure:
    """By the job `erase_person`. Raises NotFound, Invalid, and Conflict during a call."""
    person = await person_of(contact_id, order.contact_ids)
    if _bare(order.confirm) != _bare(person.confirmation):
        raise invalid("confirm", _("Type {text} to confirm.", text=person.confirmation))
    if person.in_call:
        raise Conflict(_("This person is in a call. Erase the data when the call has ended."))
    return await _ordered(person, order, user_id)


async def _ordered(person: Person, order: EraseOrder, user_id: UUID) -> Erasure:
    who = Identifiers(
        contact_ids=person.contact_ids, numbers=person.numbers, emails=person.emails, do_not_call=order.do_not_call
    )
    erasure_id = new_id()
    await connection().execute(
        """insert into operations (id, kind, value, state, total, created_by)
           values ($1, 'erase', $2, 'running', $3, $4)""",
        erasure_id, {"who": msgspec.to_builtins(who)}, len(who.contact_ids), user_id,
    )  # fmt: skip
    enqueue("erase_person", operation_id=str(erasure_id))
    return await erasure(erasure_id)


async def erasure(erasure_id: UUID) -> Erasure:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from operations where id = $1 and kind = 'erase'", erasure_id)
    if row is None:
        raise NotFound(_("There is no such erasure."))
    return erasure_of(row)


async def files_holding(import_ids: list[UUID]) -> list[tuple[UUID, str]]:
    """(import, file name) of uploads that are still stored."""
    rows = await connection().fetch(
        "select id, file_name from imports where id = any ($1::uuid[]) order by created_at desc", import_ids
    )
    return [(row["id"], row["file_name"]) for row in rows]


def _bare(text: str) -> str:
    return re.sub(r"[\s()\-]", "", text).lower()
