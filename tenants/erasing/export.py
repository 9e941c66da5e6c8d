"""Everything that is kept about one person, as a ZIP file written while it is sent. Opens transactions of its own."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit import store
from ringyard.kit.db import connection
from tenants.erasing.fields import Person
from tenants.erasing.people import person_of
from tenants.erasing.traces import digit_endings
from tenants.workspace import workspace

_BY_CONTACT = {
    "contacts": """select id, base_id, name, email, region, timezone, responsible_id, outcome_id, category_ids, status,
                          comment, external_id, custom, import_id, created_at, modified_at
                   from contacts where id = any ($1::uuid[]) order by id""",
    "phones": "select contact_id, number, kind, region, timezone, bad from phones where contact_id = any ($1::uuid[])",
    "comments": """select contact_id, user_id, text, created_at, changed_at from contact_comments
                   where contact_id = any ($1::uuid[]) order by created_at""",
    "consents": """select contact_id, source, text, given_at, withdrawn_at, document_id, created_by, created_at
                   from consents where contact_id = any ($1::uuid[]) order by given_at""",
    "documents": """select id, contact_id, name, content_type, size, created_by, created_at from documents
                    where contact_id = any ($1::uuid[]) order by created_at""",
    "campaigns": """select t.contact_id, c.name as campaign, t.state, t.reason, t.due_at, t.last_result
                    from targets t join campaigns c on c.id = t.campaign_id where t.contact_id = any ($1::uuid[])""",
    "favourites": "select contact_id, user_id, created_at from favourites where contact_id = any ($1::uuid[])",
    "dialing_lists": "select contact_id, agent_id, handed_at from handouts where contact_id = any ($1::uuid[])",
    "changes": """select contact_id, at, source, user_id, before, after from changes
                  where contact_id = any ($1::uuid[]) order by id""",
}
_CALLS = """
select id, campaign_id, contact_id, agent_id, direction, number, caller_id, state, result, queued_at, originated_at,
       ringing_at, answered_at, bridged_at, ended_at, talk_s, recording_id
from calls where contact_id = any ($1::uuid[]) or number = any ($2::text[]) order by reserved_at
"""
_FILES = """
select 'recordings/' || call_id || '.' || split_part(replace(content_type, 'x-', ''), '/', 2) as name, file_key
from recordings where call_id in (select id from calls
                                  where contact_id = any ($1::uuid[]) or number = any ($2::text[]))
union all
select 'documents/' || id || '-' || name, file_key from documents where contact_id = any ($1::uuid[])
"""
_JUNK = """
select import_id, row_number, cells, reason from junk j where exists (
    select from jsonb_array_elements_text(j.cells) as cell (text)
    where regexp_replace(cell.text, '\\D', '', 'g') like any ($1::text[])
          or exists (select from unnest($2::text[]) as e (mail) where strpos(lower(cell.text), e.mail) > 0))
"""
_LISTED = "select number, reason, source, created_at from do_not_call where number = any ($1::text[])"


async def archive(contact_id: UUID, only: list[UUID] | None = None) -> AsyncIterator[bytes]:
    """`person.json` with all rows, and the files of documents and recordings. In constant memory.

    Raises NotFound before the first byte.
    """
    async with workspace():
        person = await person_of(contact_id, only)
        known = await _rows(person)
        files = await connection().fetch(_FILES, person.contact_ids, person.numbers)
    return _zipped(known, [(row["name"], row["file_key"]) for row in files])


async def _rows(person: Person) -> dict[str, Any]:
    here = connection()
    found = {name: await here.fetch(query, person.contact_ids) for name, query in _BY_CONTACT.items()}
    found["calls"] = await here.fetch(_CALLS, person.contact_ids, person.numbers)
    found["import_junk"] = await here.fetch(_JUNK, digit_endings(person.numbers), person.emails)
    found["do_not_call"] = await here.fetch(_LISTED, person.numbers)
    return {name: [dict(row) for row in rows] for name, rows in found.items()}


class _Pipe(io.RawIOBase):
    """What the ZIP's writer writes, to be taken away at once; it cannot be sought in."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._written)
        self._written.clear()
        return data


async def _zipped(known: dict[str, Any], files: list[tuple[str, str]]) -> AsyncIterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("person.json", msgspec.json.format(msgspec.json.encode(known), indent=2))
        yield pipe.taken()
        for name, key in files:
            try:
                await store.size(key)
            except FileNotFoundError:
                continue
            with target.open(name, "w") as entry:
                async for block in store.read(key):
                    entry.write(block)
                    yield pipe.taken()
    yield pipe.taken()
