"""Customers' prompts as files that a node can play: brought from the object store when first used, then kept.

The controller runs beside its node, so a folder of this machine is the node's too.
"""

from pathlib import Path
from uuid import UUID, uuid4

from pbx import sounds
from ringyard.kit import store
from ringyard.kit.settings import settings
from tenants import registry
from tenants.audio.service import sound_file
from tenants.context import acting_for
from tenants.workspace import workspace

DEFAULT = "default"


async def prompt_media(schema: str, target: str | None) -> str:
    """The media URI of a scenario's audio; the built-in one for `default`. Raises NotFound for a deleted one."""
    if target in (None, DEFAULT):
        return sounds.media_uri(sounds.DEFAULT)
    return sounds.media_uri(await _kept(schema, UUID(target)))


async def _kept(schema: str, audio_id: UUID) -> Path:
    file = settings().home.absolute() / "prompts" / schema / f"{audio_id}.wav"
    if not file.exists():
        await _bring(schema, audio_id, file)
    return file


async def _bring(schema: str, audio_id: UUID, file: Path) -> None:
    """Written beside and moved into place, so that a node never plays half a file.

    The first calls of a campaign want it at the same moment: each brings its own copy, the last one stays.
    """
    tenant = await registry.by_schema(schema)
    if tenant is None:
        raise LookupError(schema)
    with acting_for(tenant):
        async with workspace():
            sound = await sound_file(audio_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{uuid4().hex}.part")
    with part.open("wb") as out:
        async for block in store.read(sound.file_key):
            out.write(block)
    part.rename(file)
