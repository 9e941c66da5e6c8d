"""Files of customers on their way out: always saved and never shown, whatever they say they are."""

from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from ringyard.kit import store
from ringyard.kit.errors import NotFound
from ringyard.kit.text import _

MEDIA_TYPE = "application/octet-stream"
DESCRIBED = {200: ResponseSpec(bytes, generate_examples=False, description="The file", media_type=MEDIA_TYPE)}


async def download(key: str, name: str) -> Response[Any]:
    """Raises NotFound when the file itself is gone."""
    try:
        size = await store.size(key)
    except FileNotFoundError as error:
        raise NotFound(_("This file is no longer there.")) from error
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "content-length": str(size),
        "x-content-type-options": "nosniff",
    }
    return Stream(store.read(key), media_type=MEDIA_TYPE, headers=headers)
