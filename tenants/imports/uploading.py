"""Taking a file in: streamed to the object store while it is looked at. No database here."""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from uuid import UUID

from ringyard.kit import store
from ringyard.kit.ids import new_id
from tenants.files import new_key
from tenants.imports.sample import Sample

LIMIT = 500 * store.BLOCK


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the store that no import has yet. `id` is to be the import's."""

    id: UUID
    key: str
    name: str
    sample: Sample


async def take_in(name: str, chunks: AsyncIterable[bytes]) -> Upload:
    """Raises Invalid (field `file`) for what is no text, TooLarge past `LIMIT` bytes; then nothing is kept."""
    import_id, sample = new_id(), Sample()
    key = new_key("imports", import_id)
    await store.put(key, sample.watch(chunks), LIMIT)
    return Upload(import_id, key, name.replace("\0", "")[:255] or "list.csv", sample)
