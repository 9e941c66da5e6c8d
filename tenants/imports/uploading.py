"""Taking a file in: streamed to the object store while it is looked at. No database here."""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from uuid import UUID

from ringyard.kit import store
from ringyard.kit.ids import new_id
from tenants.files import new_key
from tenants.imports.excel import turned
from tenants.imports.fields import Kind
from tenants.imports.sample import Sample, is_excel

LIMIT = 500 * store.BLOCK


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the store that no import has yet. `id` is to be the import's.

    `key` is the text that is read; of an Excel workbook the upload itself is kept as `original_key`, its size in bytes.
    """

    id: UUID
    key: str
    name: str
    sample: Sample
    kind: Kind = "text"
    original_key: str | None = None
    original_size: int | None = None


async def take_in(name: str, chunks: AsyncIterable[bytes]) -> Upload:
    """Raises Invalid (field `file`) for what is no list, TooLarge past `LIMIT` bytes; then nothing is kept."""
    import_id, sample = new_id(), Sample()
    key = new_key("imports", import_id)
    await store.put(key, sample.watch(chunks), LIMIT)
    name = name.replace("\0", "")[:255] or "list.csv"
    if not is_excel(sample.head):
        return Upload(import_id, key, name, sample)
    text_key = new_key("imports", new_id())
    try:
        facts = await turned(key, text_key)
    except BaseException:
        await store.delete(key)
        raise
    return Upload(import_id, text_key, name, facts.sample, "excel", key, sample.size)


async def discard(upload: Upload) -> None:
    """Delete the files of an upload that became no import."""
    for key in (upload.key, upload.original_key):
        if key is not None:
            await store.delete(key)
