"""`/imports`: a file becomes contacts: upload, preview, confirm; nothing enters the base before the confirmation."""

from uuid import UUID

import msgspec
from litestar import Controller, get, patch, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.import_settings import base_id_of, chosen_of
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks, created
from tenants.imports import junk, service, setting_up
from tenants.imports.fields import ImportDetail, ImportView, JunkView
from tenants.imports.history import note
from tenants.imports.plan import ImportChange
from tenants.imports.undoing import undo_import
from tenants.imports.uploading import LIMIT, take_in

_FORM_ROOM = 1024 * 1024
"""What the other fields of the form and its boundaries may take."""


class ImportForm(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`columns` is a JSON list with one role per column: `name`, `phone` (may repeat), `email`, `comment`, `category`,
    `region`, `responsible`, `external_id`, `custom:<key>`, `skip`. What is left out is guessed.

    In place of `base_id` a base can be named, which is made if there is none. `duplicates` says what happens to a row
    whose number is in the base, `duplicates_in_file` further up in the file (as `duplicates`, if it is left out),
    `duplicates_elsewhere` in another base (not looked at, if it is left out). `category_ids` is a JSON list. A template
    that fits the file is applied unless `columns` are given; `template_id` names one, or is `none` for the guess."""

    file: UploadFile
    base_id: str = ""
    base_name: str = ""
    base_group: str = ""
    encoding: str = ""
    delimiter: str = ""
    columns: str = ""
    country: str = ""
    header: str = ""
    duplicates: str = ""
    duplicates_in_file: str = ""
    duplicates_elsewhere: str = ""
    category_ids: str = ""
    responsible_id: str = ""
    template_id: str = ""


class ImportController(Controller):
    path = "/imports"
    tags = ["Imports"]

    @get("/", right=Right.IMPORT_CONTACTS, summary="Imports, the newest first")
    @in_workspace
    async def list_imports(
        self, base_id: FromQuery[UUID | None] = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[ImportView]:
        return await service.list_imports(limit, cursor, base_id)

    @post(
        "/",
        right=Right.IMPORT_CONTACTS,
        summary="Upload a file and see how it would be read",
        request_max_body_size=LIMIT + _FORM_ROOM,
    )
    async def create(self, request: WebRequest, data: MultipartBody[ImportForm]) -> ImportDetail:
        """The file goes to the store before the transaction begins."""
        base_id, chosen = base_id_of(data.base_id) if data.base_id else None, chosen_of(_texts(data))
        upload = await take_in(data.file.filename, chunks(data.file))
        return await created(upload, base_id, chosen, signed_in(request).id)

    @get("/{import_id:uuid}", right=Right.IMPORT_CONTACTS, summary="One import, with its preview until confirmed")
    @in_workspace
    async def show(self, import_id: FromPath[UUID]) -> ImportDetail:
        return await service.import_detail(import_id)

    @patch("/{import_id:uuid}", right=Right.IMPORT_CONTACTS, summary="Change settings and see the preview again")
    @in_workspace
    async def change(
        self, request: WebRequest, import_id: FromPath[UUID], data: JSONBody[ImportChange]
    ) -> ImportDetail:
        return await setting_up.change_import(import_id, data, signed_in(request).id)

    @post("/{import_id:uuid}/confirm", right=Right.IMPORT_CONTACTS, summary="Start", status_code=200)
    @in_workspace
    async def confirm(self, request: WebRequest, import_id: FromPath[UUID]) -> ImportView:
        return await service.confirm_import(import_id, signed_in(request).id)

    @post("/{import_id:uuid}/cancel", right=Right.IMPORT_CONTACTS, summary="Stop", status_code=200)
    @in_workspace
    async def cancel(self, request: WebRequest, import_id: FromPath[UUID]) -> ImportView:
        return await service.cancel_import(import_id, signed_in(request).id)

    @post("/{import_id:uuid}/undo", right=Right.IMPORT_CONTACTS, summary="Remove what it added", status_code=200)
    @in_workspace
    async def undo(self, request: WebRequest, import_id: FromPath[UUID]) -> ImportView:
        """Contacts that somebody has changed or called since stay."""
        undone = await undo_import(import_id)
        await note(import_id, "undone", signed_in(request).id)
        return undone

    @get("/{import_id:uuid}/junk", right=Right.IMPORT_CONTACTS, summary="Rows and numbers that did not enter")
    @in_workspace
    async def junk(self, import_id: FromPath[UUID], limit: Limit = 50, cursor: Cursor = None) -> Page[JunkView]:
        return await junk.junk_of_import(import_id, limit, cursor)


def _texts(data: ImportForm) -> dict[str, str]:
    return {name: value for name, value in msgspec.structs.asdict(data).items() if isinstance(value, str)}
