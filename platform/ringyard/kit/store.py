"""The object store: files by key, on disk under `<home>/objects` or in a bucket named by `RINGYARD_STORE_URL`.

Keys come from `tenants.files.new_key`, so that a file's key begins with its workspace's schema.
"""

import asyncio
import io
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from ringyard.kit.errors import TooLarge
from ringyard.kit.settings import settings
from ringyard.kit.text import _

BLOCK = 1024 * 1024


@lru_cache
def store_at(url: str | None, home: str) -> ObjectStore:
    if url is not None:
        return from_url(url)
    return LocalStore(f"{home}/objects", mkdir=True)


def _store() -> ObjectStore:
    return store_at(settings().store_url, str(settings().home))


async def put(key: str, chunks: AsyncIterable[bytes], limit: int) -> int:
    """Write a file as it comes, in constant memory; gives its size in bytes. Nothing stays behind when this raises.

    Raises TooLarge past `limit` bytes.
    """
    written = 0
    async with writing(key) as write:
        async for chunk in chunks:
            written += len(chunk)
            if written > limit:
                raise TooLarge(_("The file is larger than {limit} MB.", limit=limit // BLOCK))
            await write(chunk)
    return written


@asynccontextmanager
async def writing(key: str) -> AsyncIterator[Callable[[bytes], Awaitable[None]]]:
    """Write a file piece by piece, in constant memory. Nothing stays behind when the body raises."""
    try:
        async with obstore.open_writer_async(_store(), key, buffer_size=8 * BLOCK) as writer:

            async def write(piece: bytes) -> None:
                await writer.write(piece)

            yield write
    except BaseException:
        await delete(key)
        raise


async def get_range(key: str, start: int, end: int) -> bytes:
    """Bytes from `start` to before `end`; fewer where the file is shorter. Raises FileNotFoundError."""
    if end <= start:
        return b""
    return bytes(await obstore.get_range_async(_store(), key, start=start, end=end))


async def read(key: str, start: int = 0) -> AsyncIterator[bytes]:
    """The whole file from `start` on, in blocks. Raises FileNotFoundError."""
    length = await size(key)
    for at in range(start, length, BLOCK):
        yield await get_range(key, at, min(at + BLOCK, length))


async def size(key: str) -> int:
    """In bytes. Raises FileNotFoundError."""
    return int((await obstore.head_async(_store(), key))["size"])


async def delete(key: str) -> None:
    """Also for a key that is not there."""
    try:
        await obstore.delete_async(_store(), key)
    except FileNotFoundError:
        return


async def keys_before(folder: str, at: datetime) -> list[str]:
    """Of files directly or further down in `folder` that nobody has written to since `at`."""
    return [
        one["path"] async for some in obstore.list(_store(), prefix=folder) for one in some if one["last_modified"] < at
    ]


async def drop_unfinished(folder: str, at: datetime) -> None:
    """What writers that were killed before `at` left in `folder` itself; a bucket forgets this by its own rules."""
    if settings().store_url is None:
        await asyncio.to_thread(_drop_unfinished, settings().home / "objects" / folder, at)


def _drop_unfinished(folder: Path, at: datetime) -> None:
    for path in folder.glob("*#*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < at.timestamp():
                path.unlink()


class StoredFile(io.RawIOBase):
    """A stored file for blocking readers that live in a process of their own. `size` and `position` are in bytes."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._store, self._key = _store(), key
        self.size = int(obstore.head(self._store, key)["size"])
        self.position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        end = min(self.position + len(buffer), self.size)
        if end <= self.position:
            return 0
        data = bytes(obstore.get_range(self._store, self._key, start=self.position, end=end))
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)


class StoredFileWriter:
    """A file being written by a process of its own, in constant memory. Nothing stays behind when the body raises.

    `written` is in bytes.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._writer = obstore.open_writer(_store(), key, buffer_size=8 * BLOCK)
        self.written = 0

    def write(self, data: bytes) -> None:
        self.written += len(data)
        self._writer.write(data)

    def __enter__(self) -> "StoredFileWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._writer.close()
        if kind is not None:
            obstore.delete(_store(), self._key)
