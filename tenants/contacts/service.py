"""What can be done with one contact. Runs inside an open workspace transaction."""

from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.patch import patched
from ringyard.kit.phone import Phone, read
from ringyard.kit.text import _
from tenants.contacts.changes import Author, record
from tenants.contacts.consequences import follow_outcome
from tenants.contacts.differences import difference
from tenants.contacts.fields import (
    ContactChange,
    ContactFields,
    ContactView,
    PhoneFields,
    given_by,
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
from tenants.custom_fields.fields import normal_values, value_problems
from tenants.custom_fields.service import custom_kinds
from tenants.do_not_call.fields import Source
from tenants.do_not_call.service import add_numbers_of
from tenants.documents.service import forget_files
from tenants.events import emit
from tenants.jobs import enqueue
from tenants.outcomes.fields import STATUS_AFTER


async def contact(contact_id: UUID) -> ContactView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {COLUMNS} from contacts where id = $1", contact_id)
    if row is None:
        raise NotFound(_("There is no such contact."))
    return (await with_phones([row]))[0]


async def create_contact(fields: ContactFields, author: Author) -> ContactView:
    """Raises Invalid. Running campaigns of the base take the contact in."""
    names = set(ContactFields.__struct_fields__)
    good, marks, fields = await _checked(fields, names, {})
    contact_id, at = new_id(), now()
    await Contact(id=contact_id, created_at=at, modified_at=at, **_stored(fields, good, names)).save()
    await store_phones(contact_id, good, marks)
    await store_texts([contact_id])
    made = await contact(contact_id)
    before, after = difference(None, made)
    await record(contact_id, author, before, after)
    await _list_numbers(contact_id, author, after)
    emit("contact.created", id=contact_id, base_id=fields.base_id)
    enqueue("enrol_base", base_id=fields.base_id)
    return made


async def change_contact(contact_id: UUID, change: ContactChange, author: Author) -> ContactView:
    """Raises NotFound, Invalid. An outcome given without a status brings the status of its kind with it.

    A change that says what is there already changes nothing, not even the time of the last change.
    """
    old = await locked_contact(contact_id)
    given = given_by(change)
    good, marks, fields = await _checked(patched(_fields(old), change), given, old.custom)
    stored = _stored(fields, good, given)
    if "status" not in given:
        stored["status"] = await _status_after(change, fields.status)
    if "phones" in given:
        await store_phones(contact_id, good, marks)
    await Contact.update(stored).where(Contact.id == contact_id)
    return await _changed(old, author)


async def delete_contact(contact_id: UUID, author: Author) -> None:
    """Its calls stay in the history without it. Raises NotFound, and Conflict during a call."""
    old = await deletable_contact(contact_id)
    await forget_files([contact_id])
    await Contact.delete().where(Contact.id == contact_id)
    await record(contact_id, author, {"base_id": str(old.base_id)}, {"deleted": True})
    emit("contact.deleted", id=contact_id, base_id=old.base_id)


async def deletable_contact(contact_id: UUID) -> ContactView:
    """Raises NotFound, and Conflict during a call."""
    found = await contact(contact_id)
    if found.status == "in_call":
        raise Conflict(_("The contact is in a call. Delete it when the call has ended."))
    return found


async def locked_contact(contact_id: UUID) -> ContactView:
    """With the status that is stored, during a call too; nobody else changes it meanwhile. Raises NotFound."""
    await connection().execute("select 1 from contacts where id = $1 for update", contact_id)
    row = await connection().fetchrow(f"select {COLUMNS}, status as stored from contacts where id = $1", contact_id)
    if row is None:
        raise NotFound(_("There is no such contact."))
    view = (await with_phones([row]))[0]
    return msgspec.structs.replace(view, status=row["stored"])


async def _changed(old: ContactView, author: Author) -> ContactView:
    """After the write: the audit, the search text, who is to know; nothing where nothing is different."""
    before, after = difference(old, await locked_contact(old.id))
    if before or after:
        await connection().execute("update contacts set modified_at = $2 where id = $1", old.id, now())
        await record(old.id, author, before, after)
        await _list_numbers(old.id, author, after)
        if not {"outcome_id", "status"}.isdisjoint(after):
            await follow_outcome(old.id, author.user_id)
        if not {"name", "email", "external_id", "phones", "region"}.isdisjoint(after):
            await store_texts([old.id])
        base_id = after.get("base_id", old.base_id)
        emit("contact.changed", id=old.id, base_id=base_id)
        enqueue("enrol_base", base_id=base_id)
    return await contact(old.id)


async def _list_numbers(contact_id: UUID, author: Author, after: dict[str, Any]) -> None:
    """Who is not to be called any more is not called under another contact's name either."""
    if after.get("status") != "do_not_call":
        return
    source: Source = "outcome" if after.get("outcome_id") else "api" if author.source == "api" else "manual"
    outcome_id = UUID(after["outcome_id"]) if source == "outcome" else None
    reason = await connection().fetchval("select name from outcomes where id = $1", outcome_id)
    await add_numbers_of([contact_id], reason or "", source, author.user_id)


async def _checked(
    fields: ContactFields, given: set[str], kept: dict[str, str]
) -> tuple[list[Phone], dict[str, bool], ContactFields]:
    """The numbers, what is said of them, and the fields as they are kept. Only what is given can be wrong.

    `kept` are the values of own fields that stand already, right or not.
    """
    country, kinds = current().country, await custom_kinds()
    good, wrong = numbers(fields.phones, country)
    custom = {key: value for key, value in fields.custom.items() if kept.get(key) != value}
    wrong += [*problems(fields), *status_problems(fields.status), *value_problems(custom, kinds)]
    wrong += await reference_problems(fields)
    wrong = [error for error in wrong if error.field.partition(".")[0] in given]
    if wrong:
        raise Invalid(_("The contact cannot be saved yet."), wrong)
    stays = {key: value for key, value in fields.custom.items() if key not in custom}
    fields = msgspec.structs.replace(fields, custom={**stays, **normal_values(custom, kinds)})
    return good, _marks(fields.phones, country), fields


def _marks(phones: list[PhoneFields], country: str) -> dict[str, bool]:
    """What is said of numbers being bad, by the number in E.164."""
    said = [(read(phone.number, country), phone.bad) for phone in phones]
    return {found.number: bad for found, bad in said if isinstance(found, Phone) and isinstance(bad, bool)}


async def _status_after(change: ContactChange, status: str) -> str:
    if not isinstance(change.outcome_id, UUID):
        return status
    kind = await connection().fetchval("select kind from outcomes where id = $1", change.outcome_id)
    return STATUS_AFTER.get(kind, status)


def _fields(view: ContactView) -> ContactFields:
    phones = [PhoneFields(number=phone.number, kind=phone.kind) for phone in view.phones]
    names = [name for name in ContactFields.__struct_fields__ if name != "phones"]
    return ContactFields(phones=phones, **{name: getattr(view, name) for name in names})


def _stored(fields: ContactFields, phones: list[Phone], given: set[str]) -> dict[Any, Any]:
    """Region and time zone, where one of them is given empty or numbers are, come from the first number."""
    values = msgspec.structs.asdict(fields)
    del values["phones"]
    if phones and not given.isdisjoint(("region", "timezone", "phones")):
        values["region"] = fields.region or phones[0].region
        values["timezone"] = fields.timezone or phones[0].timezone
    return values
