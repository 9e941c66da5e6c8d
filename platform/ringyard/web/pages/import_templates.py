"""Templates of how files are read: the list, rename, delete, and the built-in one with its example."""

import csv
import io
from functools import partial
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.web.contact_words import country_names
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.import_words import role_word
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.custom_fields.service import every_custom_field
from tenants.imports import templates
from tenants.imports.template_fields import TemplateChange


@get("/import-templates", right=Right.IMPORT_CONTACTS)
@in_workspace
async def import_templates(request: WebRequest) -> Response[Any]:
    found, fields = await templates.every_template(), await every_custom_field()
    words = {one.id: [role_word(column, fields) for column in one.columns] for one in found}
    return page(
        request, "imports/templates.html.j2", found=found, words=words, countries=dict(country_names())
    )  # fmt: skip


@get("/import-templates/{import_template_id:uuid}", right=Right.IMPORT_CONTACTS)
async def edit_import_template(request: WebRequest, import_template_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), import_template_id)


@post("/import-templates/{import_template_id:uuid}", right=Right.IMPORT_CONTACTS, status_code=200)
async def rename_import_template(request: WebRequest, import_template_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, template_id=import_template_id))(_rename)(request, import_template_id)


@post("/import-templates/{import_template_id:uuid}/delete", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def delete_import_template(request: WebRequest, import_template_id: FromPath[UUID]) -> Response[Any]:
    await templates.delete_template(import_template_id)
    return to(request, "/import-templates")


@get("/import-templates/{import_template_id:uuid}/example", right=Right.IMPORT_CONTACTS)
@in_workspace
async def example_file(request: WebRequest, import_template_id: FromPath[UUID]) -> Response[Any]:
    """A file as the template wants it, to be filled in: semicolons and a BOM, as spreadsheets in Europe expect."""
    one, fields = await templates.template(import_template_id), await every_custom_field()
    rows = [[_EXAMPLES.get(column, "") for column in one.columns]]
    if one.header:
        rows.insert(0, one.headings or [role_word(column, fields) for column in one.columns])
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    headers = {"content-disposition": 'attachment; filename="example.csv"', "cache-control": "no-store"}
    content = "\ufeff".encode() + text.getvalue().encode()
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


_EXAMPLES = {
    "phone": "+48 601 200 300",
    "name": "Anna Nowak",
    "email": "anna@example.com",
    "category": "VIP",
    "comment": "call after 5 pm",
    "external_id": "1001",
}


@in_workspace
async def _show_form(request: WebRequest, form: Form, template_id: UUID) -> Response[Any]:
    return page(request, "imports/template_form.html.j2", form=form, shown=await templates.template(template_id))


@in_workspace
async def _rename(request: WebRequest, template_id: UUID) -> Response[Any]:
    form = await Form.of(request)
    await templates.change_template(template_id, TemplateChange(name=form.text("name")))
    return to(request, "/import-templates")


ROUTES = [import_templates, edit_import_template, rename_import_template, delete_import_template, example_file]
