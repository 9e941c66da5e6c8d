"""Taking an import back: what that means before, and afterwards what stays and why."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.web.forms import to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from tenants.bases.service import base
from tenants.imports.service import import_view
from tenants.imports.staying import touched_of_import
from tenants.imports.undoing import undo_import

Cursor = Annotated[str | None, QueryParameter()]


@get("/imports/{import_id:uuid}/undo", right=Right.IMPORT_CONTACTS)
@in_workspace
async def ask_undo(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    shown = await import_view(import_id)
    return page(request, "imports/undo.html.j2", shown=shown, base=await base(shown.base_id))


@post("/imports/{import_id:uuid}/undo", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def undo(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    await undo_import(import_id, signed_in(request).id)
    return to(request, f"/imports/{import_id}")


@get("/imports/{import_id:uuid}/stayed", right=Right.IMPORT_CONTACTS)
@in_workspace
async def stayed(request: WebRequest, import_id: FromPath[UUID], cursor: Cursor = None) -> Response[Any]:
    shown, found = await import_view(import_id), await touched_of_import(import_id, 50, cursor)
    template = "imports/stayed_list.html.j2" if is_htmx(request) else "imports/stayed.html.j2"
    return page(request, template, shown=shown, found=found, cursor=cursor)


ROUTES = [ask_undo, undo, stayed]
