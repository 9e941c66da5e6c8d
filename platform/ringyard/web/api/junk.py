"""`/junk/{id}`: a row that did not enter, mended and taken into the base, or deleted. Lists stand under `/imports`."""

from uuid import UUID

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.imports import junk, mending
from tenants.imports.fields import JunkView


class JunkCells(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The row as it should have been, one text for each column of the file; null reads it once more as it is, for
    example after a person has got the name that it gives."""

    cells: list[str] | None = None


class JunkController(Controller):
    path = "/junk"
    tags = ["Imports"]

    @get("/{junk_id:uuid}", right=Right.IMPORT_CONTACTS, summary="One junk entry")
    @in_workspace
    async def show(self, junk_id: FromPath[UUID]) -> JunkView:
        return await junk.junk_entry(junk_id)

    @patch("/{junk_id:uuid}", right=Right.IMPORT_CONTACTS, summary="Write the row anew and take it into the base")
    @in_workspace
    async def edit(self, request: WebRequest, junk_id: FromPath[UUID], data: JSONBody[JunkCells]) -> JunkView:
        return await mending.edit(junk_id, data.cells, signed_in(request).id)

    @post("/{junk_id:uuid}/accept", right=Right.IMPORT_CONTACTS, summary="Take the proposed repair", status_code=200)
    @in_workspace
    async def accept(self, request: WebRequest, junk_id: FromPath[UUID]) -> JunkView:
        return await mending.accept(junk_id, signed_in(request).id)

    @delete("/{junk_id:uuid}", right=Right.IMPORT_CONTACTS, summary="Delete a junk entry")
    @in_workspace
    async def remove(self, junk_id: FromPath[UUID]) -> None:
        await junk.junk_entry(junk_id)
        await junk.delete_junk([junk_id])
