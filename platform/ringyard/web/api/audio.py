"""`/audio`: sound files that scenarios play."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, MultipartBody

from ringyard.accounts.rights import Right
from ringyard.kit.errors import TooLarge
from ringyard.kit.keyset import Page
from ringyard.kit.text import _
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest
from ringyard.web.sounds import DESCRIBED, answer
from ringyard.web.transactional import in_workspace
from tenants.audio import service
from tenants.audio.converting import LARGEST, Prompt
from tenants.audio.service import AudioView
from tenants.sounds import StoredSound

# Room for the other fields and the parts' headers round the largest file.
LARGEST_BODY = LARGEST + 64 * 1024


@dataclass
class AudioUpload:
    file: UploadFile
    name: str = ""


class AudioController(Controller):
    path = "/audio"
    tags = ("Audio",)

    @get("/", right=Right.VIEW_TELEPHONY, summary="The audio files, newest first")
    @in_workspace
    async def list_audio(self, limit: Limit = 50, cursor: Cursor = None) -> Page[AudioView]:
        return await service.list_audio(limit, cursor)

    @post("/", right=Right.EDIT_TELEPHONY, request_max_body_size=LARGEST_BODY, summary="Upload WAV, FLAC, OGG or MP3")
    async def create(self, data: MultipartBody[AudioUpload]) -> AudioView:
        return await uploaded(data.file, data.name)

    @get("/{audio_id:uuid}", right=Right.VIEW_TELEPHONY, summary="One audio file")
    @in_workspace
    async def show(self, audio_id: FromPath[UUID]) -> AudioView:
        return await service.audio(audio_id)

    @get(
        "/{audio_id:uuid}/file",
        right=Right.VIEW_TELEPHONY,
        responses=DESCRIBED,
        summary="The sound, 8 kHz mono; byte ranges",
    )
    async def sound(self, request: WebRequest, audio_id: FromPath[UUID]) -> Response[Any]:
        return await answer(request, await stored(audio_id))

    @delete("/{audio_id:uuid}", right=Right.EDIT_TELEPHONY, summary="Delete a file that no scenario plays")
    @in_workspace
    async def remove(self, audio_id: FromPath[UUID]) -> None:
        await service.delete_audio(audio_id)


async def uploaded(file: UploadFile, name: str) -> AudioView:
    """Convert first, store after: no transaction is open while the processor works. Raises Invalid, TooLarge."""
    data = await file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(_("The file is larger than {limit} MB.", limit=LARGEST // 1024 // 1024))
    return await _create(name.strip() or PurePath(file.filename).stem, await service.convert(data))


@in_workspace
async def _create(name: str, sound: Prompt) -> AudioView:
    return await service.create_audio(name, sound)


@in_workspace
async def stored(audio_id: UUID) -> StoredSound:
    return await service.sound_file(audio_id)
