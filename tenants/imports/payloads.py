"""Slices as COPY's text format: contacts, phones and junk, columns as in `merging`. Pure.

A value is escaped only where its line shows that one needs it: a million lines come by here.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ringyard.kit.ids import rising_ids
from ringyard.kit.phone import Phone
from tenants.imports.repairs import repaired
from tenants.imports.rows import Draft, Wrong
from tenants.imports.slices import Slice

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_json = msgspec.json.Encoder().encode


def payloads(piece: Slice, import_id: UUID, base_id: UUID) -> tuple[bytes, bytes, bytes]:
    """Contacts, phones and junk."""
    contacts: list[str] = []
    phones: list[str] = []
    for contact_id, draft in zip(rising_ids(len(piece.drafts)), piece.drafts, strict=True):
        contacts.append(_contact(contact_id, draft))
        for place, phone in enumerate(draft.phones):
            phones.append(_phone(contact_id, place, phone))
    of_import = f"{import_id}\t{base_id}"
    junk = [_junk(one, wrong, of_import) for one, wrong in zip(rising_ids(len(piece.wrong)), piece.wrong, strict=True)]
    return _bytes(contacts), _bytes(phones), _bytes(junk)


def _contact(contact_id: str, draft: Draft) -> str:
    categories, custom = "{}", "{}"
    if draft.categories:
        categories = "{" + ",".join([_quoted(name) for name in draft.categories]) + "}"
    if draft.custom:
        custom = _json(draft.custom).decode()
    texts: Sequence[str] = (draft.name, draft.email, draft.region, categories, draft.comment, draft.external_id, custom)
    together = "".join(texts)
    if "\\" in together or "\n" in together or "\r" in together or "\t" in together:
        texts = [text.translate(_ESCAPES) for text in texts]
    name, email, region, categories, comment, external_id, custom = texts
    return (
        f"{draft.row}\t{contact_id}\t{name}\t{email}\t{region}\t{draft.phones[0].timezone}\t{draft.responsible or NULL}"
        f"\t{categories}\t{comment}\t{external_id}\t{custom}\t{'t' if draft.again else 'f'}\n"
    )


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _phone(contact_id: str, place: int, phone: Phone) -> str:
    return f"{contact_id}\t{place}\t{phone.number}\t{phone.kind}\t{phone.region}\t{phone.timezone}\n"


def _junk(junk_id: str, wrong: Wrong, of_import: str) -> str:
    found = repaired(wrong.text, wrong.reason, wrong.country) if wrong.text else None
    kind, proposal = (found.kind, found.proposal) if found else (NULL, NULL)
    column = str(wrong.column) if wrong.column else NULL
    cells = _json(wrong.cells).decode().translate(_ESCAPES)
    return f"{junk_id}\t{of_import}\t{wrong.row}\t{column}\t{cells}\t{wrong.reason}\t{kind}\t{proposal}\n"


def _bytes(lines: list[str]) -> bytes:
    # a lone surrogate cannot be stored; files never hold one, but a decoder may leave it
    return "".join(lines).encode("utf-8", errors="replace")
