"""`/recordings/{id}`: the sound of an answered call."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.request import WebRequest
from ringyard.web.sounds import DESCRIBED, answer
from ringyard.web.transactional import in_workspace
from tenants.calls.recordings import recording
from tenants.sounds import StoredSound


class RecordingController(Controller):
    path = "/recordings"
    tags = ("Calls",)

    @get("/{recording_id:uuid}", right=Right.LISTEN, responses=DESCRIBED, summary="The sound of a call; byte ranges")
    async def sound(self, request: WebRequest, recording_id: FromPath[UUID]) -> Response[Any]:
        return await answer(request, await stored(recording_id))


@in_workspace
async def stored(recording_id: UUID) -> StoredSound:
    return await recording(recording_id)
