"""`/contacts/bulk`, `/exports` and `/operations`: work on many contacts, and what became of it."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.downloads import DESCRIBED, download
from ringyard.web.operation_rights import check, only_of, seen, workable
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.words import STATUSES, options
from tenants.exports.plan import NewExport
from tenants.exports.service import ExportFile, export_file, new_export
from tenants.operations import service
from tenants.operations.fields import NewOperation, OperationView
from tenants.operations.undoing import undo


class BulkController(Controller):
    path = "/contacts/bulk"
    tags = ["Operations"]

    @post("/", right=Right.EDIT_CONTACTS, summary="Change or delete many contacts")
    @in_workspace
    async def create(self, request: WebRequest, data: JSONBody[NewOperation]) -> OperationView:
        """The contacts are those that `ids` or `filter` name now; the answer's `total` says how many."""
        check(request, data.kind)
        return await service.new_operation(data, signed_in(request).id)


class ExportController(Controller):
    path = "/exports"
    tags = ["Operations"]

    @post("/", right=Right.EXPORT_CONTACTS, summary="Write contacts into a CSV or Excel file")
    @in_workspace
    async def create(self, request: WebRequest, data: JSONBody[NewExport]) -> OperationView:
        """The file is at `/operations/{id}/file` once the operation is done, for seven days."""
        return await new_export(data, dict(options(STATUSES)), signed_in(request).id)


class OperationController(Controller):
    path = "/operations"
    tags = ["Operations"]

    @get("/", right=Right.EDIT_CONTACTS, summary="Bulk work, the newest first")
    @in_workspace
    async def list_operations(
        self, request: WebRequest, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[OperationView]:
        """Operators see their own."""
        return await service.list_operations(limit, cursor, only_of(request))

    @get("/{operation_id:uuid}", right=Right.EDIT_CONTACTS, summary="How far it is, and what became of it")
    @in_workspace
    async def show(self, request: WebRequest, operation_id: FromPath[UUID]) -> OperationView:
        return await seen(request, operation_id)

    @post("/{operation_id:uuid}/start", right=Right.EDIT_CONTACTS, summary="Confirm prepared work", status_code=200)
    @in_workspace
    async def start(self, request: WebRequest, operation_id: FromPath[UUID]) -> OperationView:
        await workable(request, operation_id)
        return await service.start(operation_id)

    @post("/{operation_id:uuid}/cancel", right=Right.EDIT_CONTACTS, summary="Stop", status_code=200)
    @in_workspace
    async def cancel(self, request: WebRequest, operation_id: FromPath[UUID]) -> OperationView:
        """What is done stays until an undo."""
        await workable(request, operation_id)
        return await service.cancel(operation_id)

    @post("/{operation_id:uuid}/undo", right=Right.EDIT_CONTACTS, summary="Take back", status_code=200)
    @in_workspace
    async def undo(self, request: WebRequest, operation_id: FromPath[UUID]) -> OperationView:
        """Contacts that were changed since stay as they are. A deletion can be taken back for seven days."""
        await workable(request, operation_id)
        return await undo(operation_id)

    @get("/{operation_id:uuid}/file", right=Right.EXPORT_CONTACTS, responses=DESCRIBED, summary="The file of an export")
    async def file(self, request: WebRequest, operation_id: FromPath[UUID]) -> Response[Any]:
        found = await offered(request, operation_id)
        return await download(found.key, found.name)


@in_workspace
async def offered(request: WebRequest, operation_id: UUID) -> ExportFile:
    """Raises NotFound, Forbidden."""
    await workable(request, operation_id)
    return await export_file(operation_id)
