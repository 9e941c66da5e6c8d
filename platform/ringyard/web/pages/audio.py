"""Audio files: upload, list, listen."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.errors import invalid
from ringyard.kit.text import _
from ringyard.web.api.audio import LARGEST_BODY, stored, uploaded
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.sounds import answer
from ringyard.web.transactional import in_workspace
from tenants.audio import service


@get("/audio", right=Right.VIEW_TELEPHONY)
@in_workspace
async def audio_files(request: WebRequest, cursor: Annotated[str | None, QueryParameter()] = None) -> Response[Any]:
    found = await service.list_audio(25, cursor)
    template = "audio/list.html.j2" if is_htmx(request) else "audio/page.html.j2"
    return page(request, template, found=found, cursor=cursor, form=Form())


@in_workspace
async def _show(request: WebRequest, form: Form) -> Response[Any]:
    form.values.pop("file", None)
    return page(request, "audio/page.html.j2", found=await service.list_audio(25), cursor=None, form=form)


@post("/audio", right=Right.EDIT_TELEPHONY, status_code=200, request_max_body_size=LARGEST_BODY)
async def upload_audio(request: WebRequest) -> Response[Any]:
    return await _upload(request)


@shown_again(_show)
async def _upload(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    file = form.values.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise invalid("file", _("Choose a file."))
    await uploaded(file, form.text("name"))
    return to(request, "/audio")


@get("/audio/{audio_id:uuid}/sound", right=Right.VIEW_TELEPHONY)
async def audio_sound(request: WebRequest, audio_id: FromPath[UUID]) -> Response[Any]:
    return await answer(request, await stored(audio_id))


@post("/audio/{audio_id:uuid}/delete", right=Right.EDIT_TELEPHONY, status_code=200)
@in_workspace
async def delete_audio(request: WebRequest, audio_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_audio(audio_id)
    return to(request, "/audio")


ROUTES = [audio_files, upload_audio, audio_sound, delete_audio]
