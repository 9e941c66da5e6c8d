"""What can be done with audio files. Runs inside an open workspace transaction, except where said."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from ringyard.kit import store
from ringyard.kit.clock import now
from ringyard.kit.db import after_commit, connection
from ringyard.kit.errors import Conflict, Invalid, NotFound
from ringyard.kit.ids import new_id
from ringyard.kit.keyset import Page, decoded, page
from ringyard.kit.text import _
from tenants.audio.converting import Prompt, prompt
from tenants.audio.tables import Audio
from tenants.files import new_key
from tenants.names import name_problems
from tenants.sounds import StoredSound

CONTENT_TYPE = "audio/wav"
_SHOWN = "id, name, state, duration_s, created_at"
# Converting is pure CPU: two at a time leave the other threads of the process to everyone else.
_converting = asyncio.Semaphore(2)


class AudioView(msgspec.Struct, frozen=True, kw_only=True):
    """`duration_s` in seconds. Only `ready` files can be played."""

    id: UUID
    name: str
    state: Literal["processing", "ready", "failed"]
    duration_s: float | None
    created_at: datetime


async def convert(uploaded: bytes) -> Prompt:
    """For before the transaction: converting takes too long to hold one. Raises Invalid."""
    async with _converting:
        return await asyncio.to_thread(prompt, uploaded)


async def create_audio(name: str, sound: Prompt) -> AudioView:
    """Store the sound, then its row. Raises Invalid."""
    wrong = name_problems(name)
    if wrong:
        raise Invalid(wrong[0].message, wrong)
    audio_id = new_id()
    key = new_key("audio", audio_id)
    await store.put(key, _once(sound.wav), len(sound.wav))
    await Audio(
        id=audio_id, name=name.strip(), state="ready", duration_s=sound.duration_s, file_key=key, created_at=now()
    ).save()
    return await audio(audio_id)


async def list_audio(limit: int = 50, cursor: str | None = None) -> Page[AudioView]:
    """Newest first."""
    after = decoded(cursor, tuple[datetime, UUID]) if cursor else (None, None)
    rows = await connection().fetch(
        f"""select {_SHOWN} from audio where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid)
            order by created_at desc, id desc limit $3""",
        *after, limit + 1,
    )  # fmt: skip
    return page(rows, limit, lambda row: AudioView(**row), lambda row: (row["created_at"], row["id"]))


async def audio(audio_id: UUID) -> AudioView:
    """Raises NotFound."""
    row = await connection().fetchrow(f"select {_SHOWN} from audio where id = $1", audio_id)
    if row is None:
        raise NotFound(_("There is no such audio file."))
    return AudioView(**row)


async def sound_file(audio_id: UUID) -> StoredSound:
    """For listening. Raises NotFound, also while the file is not ready."""
    row = await connection().fetchrow("select name, file_key from audio where id = $1 and state = 'ready'", audio_id)
    if row is None:
        raise NotFound(_("There is no such audio file."))
    return StoredSound(row["file_key"], CONTENT_TYPE, f"{row['name']}.wav")


async def delete_audio(audio_id: UUID) -> None:
    """The row, and its file once that is committed. Raises NotFound, and Conflict while a scenario plays it."""
    stored = await sound_file(audio_id)
    if await connection().fetchval(
        "select exists (select from scenarios where destination_kind = 'record' and destination_target = $1)",
        str(audio_id),
    ):
        raise Conflict(_("A scenario plays this file, so it cannot be deleted."))
    await Audio.delete().where(Audio.id == audio_id)
    after_commit(lambda: store.delete(stored.file_key))


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
