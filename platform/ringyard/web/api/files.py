"""`/files`: what was uploaded and exported, with its history."""

from typing import Any, Literal
from uuid import UUID

from litestar import Controller, Response, delete, get
from litestar.params import FromPath, FromQuery

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.downloads import DESCRIBED, download
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.imports import files
from tenants.imports.files import FileDetail, FileView
from tenants.workspace import workspace


class FileController(Controller):
    path = "/files"
    tags = ["Imports"]

    @get("/", right=Right.IMPORT_CONTACTS, summary="Uploaded and exported files, the newest first")
    @in_workspace
    async def list_files(
        self,
        source: FromQuery[Literal["import", "export"] | None] = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[FileView]:
        return await files.list_files(limit, cursor, source)

    @get("/{import_id:uuid}", right=Right.IMPORT_CONTACTS, summary="One uploaded file and its history")
    @in_workspace
    async def show(self, import_id: FromPath[UUID]) -> FileDetail:
        return await files.uploaded_file(import_id)

    @get("/{import_id:uuid}/file", right=Right.IMPORT_CONTACTS, summary="The file as uploaded", responses=DESCRIBED)
    async def content(self, import_id: FromPath[UUID]) -> Response[Any]:
        async with workspace():
            key, name = await files.file_of(import_id)
        return await download(key, name)

    @delete("/{import_id:uuid}", right=Right.IMPORT_CONTACTS, summary="Delete the file; its contacts stay")
    @in_workspace
    async def remove(self, request: WebRequest, import_id: FromPath[UUID]) -> None:
        await files.delete_file(import_id, signed_in(request).id)
