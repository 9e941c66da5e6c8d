"""What can be done with the files of contacts. Runs inside an open workspace transaction, except where said."""

from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import Conflict, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.documents.tables import Document
from tenants.files import new_key

LARGEST = 20 * store.BLOCK
_LONGEST_NAME = 200
_SHOWN = "id, contact_id, name, content_type, size, created_by, created_at"


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """`size` in bytes; `content_type` as whoever sent the file called it."""

    id: UUID
    contact_id: UUID
    name: str
    content_type: str
    size: int
    created_by: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file in the store that no contact has yet."""

    id: UUID
    key: str
    name: str
    content_type: str
    size: int


async def take_file(name: str, content_type: str, chunks: AsyncIterable[bytes]) -> TakenFile:
    """For before the transaction: the file into the store. Raises TooLarge past 20 MB; then nothing is kept."""
    document_id = new_id()
    key = new_key("documents", document_id)
    size = await store.put(key, chunks, LARGEST)
    return TakenFile(document_id, key, _plain_name(name), content_type[:100], size)


async def add_document(contact_id: UUID, taken: TakenFile, user_id: UUID) -> DocumentView:
    """Raises NotFound; the caller then deletes the file."""
    await _demand_contact(contact_id)
    await Document(
        id=taken.id, contact_id=contact_id, name=taken.name, file_key=taken.key, content_type=taken.content_type,
        size=taken.size, created_by=user_id, created_at=now(),
    ).save()  # fmt: skip
    return await document(contact_id, taken.id)


async def list_documents(contact_id: UUID, limit: int = 50, cursor: str | None = None) -> Page[DocumentView]:
    """Newest first. Raises NotFound."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    await _demand_contact(contact_id)
    rows = await connection().fetch(
        f"""select {_SHOWN} from documents
            where contact_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
            order by created_at desc, id desc limit $4""",
        contact_id, *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: DocumentView(**row), lambda row: (row["created_at"], row["id"]))


async def document(contact_id: UUID, document_id: UUID) -> DocumentView:
    """Raises NotFound."""
    row = await connection().fetchrow(
        f"select {_SHOWN} from documents where contact_id = $1 and id = $2", contact_id, document_id
    )
    if row is None:
        raise NotFound(_("There is no such file."))
    return DocumentView(**row)


async def file_key(contact_id: UUID, document_id: UUID) -> str:
    """Raises NotFound."""
    await document(contact_id, document_id)
    key: str = await connection().fetchval("select file_key from documents where id = $1", document_id)
    return key


async def delete_document(contact_id: UUID, document_id: UUID) -> None:
    """The row, and its file once that is committed. Raises NotFound, and Conflict where it proves a consent."""
    key = await file_key(contact_id, document_id)
    if await connection().fetchval("select exists (select from consents where document_id = $1)", document_id):
        raise Conflict(_("This file proves a consent, so it cannot be deleted."))
    await Document.delete().where(Document.id == document_id)
    after_commit(lambda: store.delete(key))


async def forget_files(contact_ids: Sequence[UUID]) -> None:
    """Before contacts are deleted, which takes their documents' rows: the files go once that is committed."""
    rows = await connection().fetch("select file_key from documents where contact_id = any($1)", contact_ids)
    keys = [row["file_key"] for row in rows]

    async def delete_all() -> None:
        for key in keys:
            await store.delete(key)

    after_commit(delete_all)


async def _demand_contact(contact_id: UUID) -> None:
    if not await connection().fetchval("select exists (select from contacts where id = $1)", contact_id):
        raise NotFound(_("There is no such contact."))


def _plain_name(name: str) -> str:
    """Without a path and without what no file name may hold."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in bare if sign.isprintable()).strip()[-_LONGEST_NAME:] or "file"
