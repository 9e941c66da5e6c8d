"""`/imports`: a file becomes contacts: upload, preview, confirm; nothing enters the base before the confirmation."""

from uuid import UUID

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.import_settings import base_id_of, chosen_of
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks, created
from tenants.imports import junk, mending, service, setting_up
from tenants.imports.fields import ImportDetail, ImportView, JunkCounts, JunkView
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


class AcceptedRepair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    repair: str


class Accepted(msgspec.Struct, frozen=True):
    """How many entries had that repair."""

    entries: int


class Deleted(msgspec.Struct, frozen=True):
    entries: int


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
        return await undo_import(import_id, signed_in(request).id)

    @get("/{import_id:uuid}/junk", right=Right.IMPORT_CONTACTS, summary="Rows and numbers that did not enter")
    @in_workspace
    async def junk(
        self,
        import_id: FromPath[UUID],
        reason: FromQuery[str | None] = None,
        repair: FromQuery[str | None] = None,
        q: FromQuery[str] = "",
        resolved: FromQuery[bool] = False,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[JunkView]:
        """`repair` is a kind of proposed repair, `q` any part of the row. `resolved` ones are in the base by now."""
        wanted = junk.JunkFilter(reason=reason, repair=repair, q=q, resolved=resolved)
        return await junk.junk_of_import(import_id, limit, cursor, wanted)

    @get("/{import_id:uuid}/junk/counts", right=Right.IMPORT_CONTACTS, summary="Junk by reason and by repair")
    @in_workspace
    async def junk_counts(self, import_id: FromPath[UUID]) -> JunkCounts:
        await service.import_view(import_id)
        return await junk.junk_counts(import_id)

    @post(
        "/{import_id:uuid}/junk/accept",
        right=Right.IMPORT_CONTACTS,
        summary="Take every proposed repair of one kind",
        status_code=200,
    )
    @in_workspace
    async def accept_junk(
        self, request: WebRequest, import_id: FromPath[UUID], data: JSONBody[AcceptedRepair]
    ) -> Accepted:
        """Many are taken by a job; until it is done `accepting` of the import names the kind."""
        return Accepted(entries=await mending.accept_all(import_id, data.repair, signed_in(request).id))

    @delete("/{import_id:uuid}/junk", right=Right.IMPORT_CONTACTS, summary="Delete junk", status_code=200)
    @in_workspace
    async def delete_junk(
        self,
        import_id: FromPath[UUID],
        reason: FromQuery[str | None] = None,
        repair: FromQuery[str | None] = None,
        q: FromQuery[str] = "",
    ) -> Deleted:
        """All entries that wait and that the filter finds."""
        wanted = junk.JunkFilter(reason=reason, repair=repair, q=q)
        return Deleted(entries=await junk.delete_found(import_id, wanted))


def _texts(data: ImportForm) -> dict[str, str]:
    return {name: value for name, value in msgspec.structs.asdict(data).items() if isinstance(value, str)}
