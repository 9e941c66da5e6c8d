"""Which contacts of all bases are one person: those that share a number or the e-mail address with one contact.

One step only, never on from there: a switchboard's number must not join a whole company. Inside a transaction.
"""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from ringyard.kit.db import connection
from ringyard.kit.errors import NotFound, invalid
from ringyard.kit.text import _
from tenants.contacts.folding import folded
from tenants.contacts.query import escaped
from tenants.erasing.fields import Person, PersonContact

_SAME = f"""
select distinct id from (
    select $1::uuid as id
    union all select contact_id from phones where number = any ($2::text[])
    union all select c.id from contact_texts t join contacts c on c.id = t.contact_id
              where $3 <> '' and t.words like '%' || {folded("$4::text")} || '%' and lower(c.email) = lower($3)
) found
"""
_SHOWN = """
select c.id, c.base_id, c.name, c.email,
       array(select number from phones p where p.contact_id = c.id order by position) as numbers
from contacts c where c.id = any ($1::uuid[]) order by c.id = $2 desc, c.created_at, c.id
"""
_CALLS = "(contact_id = any ($1::uuid[]) or number = any ($2::text[]))"


async def person_of(contact_id: UUID, only: Sequence[UUID] | None = None) -> Person:
    """`only` leaves out the matching contacts that it does not name. Raises NotFound, Invalid (`contact_ids`)."""
    matching = await _matching(contact_id)
    chosen = matching if only is None else [one for one in matching if one.id in set(only)]
    if only is not None and (len(chosen) < len(set(only)) or contact_id not in set(only)):
        raise invalid("contact_ids", _("Choose among the contacts that share a number or the address."))
    left = [one for one in matching if one not in chosen]
    numbers = _own([one.numbers for one in chosen], [one.numbers for one in left])
    emails = _own([[one.email.lower()] for one in chosen], [[one.email.lower()] for one in left])
    ids = [one.id for one in chosen]
    row = await _counted(ids, numbers)
    return Person(contact_id=contact_id, confirmation=_confirmation(matching[0]), contacts=chosen, numbers=numbers,
                  emails=emails, **row)  # fmt: skip


async def _matching(contact_id: UUID) -> list[PersonContact]:
    """The contact itself first."""
    row = await connection().fetchrow(
        """select email, array(select number from phones where contact_id = c.id) as numbers
           from contacts c where id = $1""",
        contact_id,
    )
    if row is None:
        raise NotFound(_("There is no such contact."))
    found = await connection().fetch(_SAME, contact_id, row["numbers"], row["email"], escaped(row["email"]))
    rows = await connection().fetch(_SHOWN, [one["id"] for one in found], contact_id)
    return [PersonContact(**one) for one in rows]


def _own(chosen: list[list[str]], left: list[list[str]]) -> list[str]:
    others = {value for values in left for value in values}
    return list(dict.fromkeys(value for values in chosen for value in values if value and value not in others))


def _confirmation(contact: PersonContact) -> str:
    return contact.numbers[0] if contact.numbers else contact.email or str(contact.id)


async def _counted(ids: Sequence[UUID], numbers: Sequence[str]) -> asyncpg.Record:
    row = await connection().fetchrow(
        f"""select (select count(*) from calls where {_CALLS}) as calls,
                   (select count(*) from recordings
                    where call_id in (select id from calls where {_CALLS})) as recordings,
                   (select count(*) from documents where contact_id = any ($1::uuid[])) as documents,
                   exists (select from calls where ended_at is null and {_CALLS}) as in_call""",
        list(ids), list(numbers),
    )  # fmt: skip
    assert row is not None
    return row
