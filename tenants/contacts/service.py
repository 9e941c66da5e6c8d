"""What can be done with one contact. Runs inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.patch import patched
from ringyard.kit.phone import Phone
from ringyard.kit.text import _
from tenants.contacts.fields import (
    ContactChange,
    ContactFields,
    ContactView,
    PhoneFields,
    numbers,
    problems,
    status_problems,
)
from tenants.contacts.phones import store_phones
from tenants.contacts.references import reference_problems
from tenants.contacts.rows import COLUMNS, with_phones
from tenants.contacts.tables import Contact
from tenants.contacts.texts import store_texts
from tenants.context import current
from tenants.events import emit
from tenants.jobs import enqueue
from tenants.outcomes.fields import STATUS_AFTER


async def contact(contact_id: UUID) -> ContactView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {COLUMNS} from contacts where id = $1", contact_id)
    if row is None:
        raise NotFound(_("There is no such contact."))
    return (await with_phones([row]))[0]


async def create_contact(fields: ContactFields) -> ContactView:
    """Raises Invalid. Running campaigns of the base take the contact in."""
    good = await _checked(fields, status_problems(fields.status))
    contact_id, at = new_id(), now()
    await Contact(id=contact_id, created_at=at, modified_at=at, **_stored(fields, good)).save()
    await store_phones(contact_id, good)
    await store_texts([contact_id])
    emit("contact.created", id=contact_id, base_id=fields.base_id)
    enqueue("enrol_base", base_id=fields.base_id)
    return await contact(contact_id)


async def change_contact(contact_id: UUID, change: ContactChange) -> ContactView:
    """Raises NotFound, Invalid. An outcome given without a status brings the status of its kind with it."""
    old = await _locked(contact_id)
    fields = patched(_fields(old), change)
    given = [] if change.status is msgspec.UNSET else status_problems(change.status)
    good = await _checked(fields, given)
    stored = _stored(fields, good)
    if change.status is msgspec.UNSET:
        stored["status"] = await _status_after(change, fields.status)
    await Contact.update({**stored, "modified_at": now()}).where(Contact.id == contact_id)
    if change.phones is not msgspec.UNSET:
        await store_phones(contact_id, good)
    await store_texts([contact_id])
    emit("contact.changed", id=contact_id, base_id=fields.base_id)
    enqueue("enrol_base", base_id=fields.base_id)
    return await contact(contact_id)


async def delete_contact(contact_id: UUID) -> None:
    """Its calls stay in the history without it. Raises NotFound, and Conflict during a call."""
    old = await contact(contact_id)
    if old.status == "in_call":
        raise Conflict(_("The contact is in a call. Delete it when the call has ended."))
    await Contact.delete().where(Contact.id == contact_id)
    emit("contact.deleted", id=contact_id, base_id=old.base_id)


async def _locked(contact_id: UUID) -> ContactView:
    await connection().execute("select 1 from contacts where id = $1 for update", contact_id)
    row = await connection().fetchrow(f"select {COLUMNS}, status as stored from contacts where id = $1", contact_id)
    if row is None:
        raise NotFound(_("There is no such contact."))
    view = (await with_phones([row]))[0]
    return msgspec.structs.replace(view, status=row["stored"])


async def _checked(fields: ContactFields, found: list[FieldError]) -> list[Phone]:
    good, wrong = numbers(fields.phones, current().country)
    wrong = [*found, *problems(fields), *wrong, *await reference_problems(fields)]
    if wrong:
        raise Invalid(_("The contact cannot be saved yet."), wrong)
    return good


async def _status_after(change: ContactChange, status: str) -> str:
    if not isinstance(change.outcome_id, UUID):
        return status
    kind = await connection().fetchval("select kind from outcomes where id = $1", change.outcome_id)
    return STATUS_AFTER.get(kind, status)


def _fields(view: ContactView) -> ContactFields:
    phones = [PhoneFields(number=phone.number, kind=phone.kind) for phone in view.phones]
    names = [name for name in ContactFields.__struct_fields__ if name != "phones"]
    return ContactFields(phones=phones, **{name: getattr(view, name) for name in names})


def _stored(fields: ContactFields, phones: list[Phone]) -> dict[Any, Any]:
    first, values = phones[0], msgspec.structs.asdict(fields)
    values.pop("phones")
    return {
        **values,
        "region": fields.region or first.region,
        "timezone": fields.timezone or first.timezone,
    }
