"""`/do-not-call`: the workspace's list of numbers that nobody may call."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.uploads import chunks
from tenants.context import current
from tenants.do_not_call import importing, service
from tenants.do_not_call.fields import ListedNumber, ListImport, NewNumber, Sort, number_typed

Search = Annotated[str, QueryParameter(description="Any part of the number or the reason", max_length=200)]
FORM_ROOM = 1024 * 1024
"""What the other fields of the form and its boundaries may take."""


class NumberFile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """CSV or TXT with one number a row; `reason` is for rows that have none of their own in the next column."""

    file: UploadFile
    reason: str = ""


class DoNotCallController(Controller):
    path = "/do-not-call"
    tags = ("Do not call",)

    @get("/", right=Right.VIEW_CONTACTS, summary="Numbers that are not called, the latest first")
    @in_workspace
    async def list_numbers(
        self, q: Search = "", sort: FromQuery[Sort] = "-created", limit: Limit = 50, cursor: Cursor = None
    ) -> Page[ListedNumber]:
        return await service.list_numbers(limit, cursor, q, sort)

    @post("/", right=Right.EDIT_CONTACTS, summary="Put a number on the list; campaigns leave it out from now on")
    @in_workspace
    async def add(self, request: WebRequest, data: JSONBody[NewNumber]) -> ListedNumber:
        return await service.add_number(data, "api", signed_in(request).id)

    @post(
        "/import",
        right=Right.EDIT_LISTS,
        summary="Put a file's numbers on the list; a large one goes on by itself",
        request_max_body_size=importing.LIMIT + FORM_ROOM,
    )
    async def import_file(self, request: WebRequest, data: MultipartBody[NumberFile]) -> ListImport:
        """Opens transactions of its own, slice by slice."""
        return await importing.import_file(data.file.filename, chunks(data.file), data.reason, signed_in(request).id)

    @get("/imports/{blocking_id:uuid}", right=Right.VIEW_CONTACTS, summary="How far a file is, and its junk rows")
    @in_workspace
    async def show_import(self, blocking_id: FromPath[UUID]) -> ListImport:
        return await importing.list_import(blocking_id)

    @delete("/{number:str}", right=Right.EDIT_LISTS, summary="Take a number off the list")
    @in_workspace
    async def remove(self, number: FromPath[str]) -> None:
        """Contacts that campaigns left out because of it are called again."""
        await service.remove_number(number_typed(number, current().country))
