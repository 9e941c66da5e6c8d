"""Consents of contacts. Runs inside an open workspace transaction.

A consent is a record: it is added and withdrawn, never rewritten.
"""

from datetime import datetime
from uuid import UUID

from ringyard.kit.clock import now
from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict, Invalid, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.consents.fields import ConsentFields, ConsentView, Withdrawal, problems
from tenants.do_not_call.service import add_numbers_of

_SHOWN = """c.id, c.contact_id, c.source, c.text, c.given_at, c.withdrawn_at, c.document_id, d.name as document_name,
            c.created_by, c.created_at from consents c left join documents d on d.id = c.document_id"""


async def list_consents(contact_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[ConsentView]:
    """The latest given first. Raises NotFound."""
    await _demand_contact(contact_id)
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select {_SHOWN} where c.contact_id = $1
            and ($2::timestamptz is null or (c.given_at, c.id) < ($2, $3::uuid))
            order by c.given_at desc, c.id desc limit $4""",
        contact_id, *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: ConsentView(**row), lambda row: (row["given_at"], row["id"]))


async def consent(contact_id: UUID, consent_id: UUID) -> ConsentView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} where c.contact_id = $1 and c.id = $2", contact_id, consent_id)
    if row is None:
        raise NotFound(_("There is no such consent."))
    return ConsentView(**row)


async def add_consent(contact_id: UUID, fields: ConsentFields, user_id: UUID) -> ConsentView:
    """Raises NotFound, Invalid."""
    await _demand_contact(contact_id)
    wrong = problems(fields, now())
    if wrong:
        raise Invalid(_("The consent cannot be saved yet."), wrong)
    consent_id = new_id()
    await _check_proof(contact_id, fields.document_id)
    await connection().execute(
        """insert into consents (id, contact_id, source, text, given_at, document_id, created_by)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        consent_id, contact_id, fields.source.strip(), fields.text.strip(), fields.given_at or now(),
        fields.document_id, user_id,
    )  # fmt: skip
    return await consent(contact_id, consent_id)


async def withdraw(contact_id: UUID, consent_id: UUID, how: Withdrawal, user_id: UUID) -> ConsentView:
    """Raises NotFound, and Conflict for one that is withdrawn already."""
    shown = await consent(contact_id, consent_id)
    done = await connection().fetchval(
        "update consents set withdrawn_at = now() where id = $1 and withdrawn_at is null returning 1", shown.id
    )
    if done is None:
        raise Conflict(_("This consent is withdrawn already."))
    if how.do_not_call:
        await add_numbers_of([contact_id], _("Consent withdrawn"), "manual", user_id)
    return await consent(contact_id, consent_id)


async def _check_proof(contact_id: UUID, document_id: UUID | None) -> None:
    if document_id is None:
        return
    known = await connection().fetchval(
        "select 1 from documents where id = $1 and contact_id = $2", document_id, contact_id
    )
    if known is None:
        raise invalid("document_id", _("This contact has no such file."))


async def _demand_contact(contact_id: UUID) -> None:
    if not await connection().fetchval("select exists (select from contacts where id = $1)", contact_id):
        raise NotFound(_("There is no such contact."))
