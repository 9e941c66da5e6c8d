"""`/import-templates`: how files of one kind are read."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.imports import templates
from tenants.imports.template_fields import TemplateChange, TemplateFields, TemplateView


class ImportTemplateController(Controller):
    path = "/import-templates"
    tags = ["Imports"]

    @get("/", right=Right.IMPORT_CONTACTS, summary="The templates by name")
    @in_workspace
    async def list_templates(self, limit: Limit = 50, cursor: Cursor = None) -> Page[TemplateView]:
        return await templates.list_templates(limit, cursor)

    @post("/", right=Right.IMPORT_CONTACTS, summary="Save how a file is read")
    @in_workspace
    async def create(self, request: WebRequest, data: JSONBody[TemplateFields]) -> TemplateView:
        return await templates.create_template(data, signed_in(request).id)

    @get("/{import_template_id:uuid}", right=Right.IMPORT_CONTACTS, summary="One template")
    @in_workspace
    async def show(self, import_template_id: FromPath[UUID]) -> TemplateView:
        return await templates.template(import_template_id)

    @patch("/{import_template_id:uuid}", right=Right.IMPORT_CONTACTS, summary="Rename it, or take over other settings")
    @in_workspace
    async def change(self, import_template_id: FromPath[UUID], data: JSONBody[TemplateChange]) -> TemplateView:
        return await templates.change_template(import_template_id, data)

    @delete("/{import_template_id:uuid}", right=Right.IMPORT_CONTACTS, summary="Delete a template")
    @in_workspace
    async def remove(self, import_template_id: FromPath[UUID]) -> None:
        await templates.delete_template(import_template_id)
