"""Answering with a stored sound, whole or by byte ranges: players jump by asking for parts."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from ringyard.kit import store
from ringyard.kit.errors import NotFound
from ringyard.kit.text import _
from ringyard.web.ranges import Unsatisfiable, wanted
from ringyard.web.request import WebRequest
from tenants.sounds import StoredSound

WAV = "audio/wav"
# What the routes that answer with a sound say of it in the OpenAPI document.
DESCRIBED = {
    200: ResponseSpec(bytes, generate_examples=False, description="The whole sound", media_type=WAV),
    206: ResponseSpec(bytes, generate_examples=False, description="The bytes asked for", media_type=WAV),
    416: ResponseSpec(None, generate_examples=False, description="The sound has no such bytes"),
}


async def answer(request: WebRequest, sound: StoredSound) -> Response[Any]:
    """200, 206 or 416. Raises NotFound when the file itself is gone."""
    size = await _size(sound)
    headers = _headers(sound)
    try:
        part = wanted(request.headers.get("range"), size)
    except Unsatisfiable:
        return Response(b"", status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
    start, end = part or (0, size)
    headers["content-length"] = str(end - start)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    status = 200 if part is None else 206
    return Stream(_bytes(sound, start, end), status_code=status, media_type=sound.content_type, headers=headers)


async def _size(sound: StoredSound) -> int:
    try:
        return await store.size(sound.file_key)
    except FileNotFoundError as error:
        raise NotFound(_("The file of this sound is no longer there.")) from error


def _headers(sound: StoredSound) -> dict[str, str]:
    return {
        "accept-ranges": "bytes",
        "cache-control": "private, max-age=3600",
        "content-disposition": f"inline; filename*=UTF-8''{quote(sound.file_name, safe='')}",
        "x-content-type-options": "nosniff",
    }


async def _bytes(sound: StoredSound, start: int, end: int) -> AsyncIterator[bytes]:
    for at in range(start, end, store.BLOCK):
        yield await store.get_range(sound.file_key, at, min(at + store.BLOCK, end))
