"""The preview of an import: its settings with the dry run, another base, and its settings kept as a template."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts.rights import Right
from ringyard.kit.errors import Invalid, invalid
from ringyard.kit.text import _
from ringyard.web.contact_words import country_names, delimiters, encodings
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.import_forms import base_wanted, beside_new_base, settings_of
from ringyard.web.import_words import ELSEWHERE, IN_BASE, IN_FILE, new_field, role_names
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from ringyard.web.words import options
from tenants.bases.service import base
from tenants.contacts.choices import list_choices
from tenants.custom_fields.service import every_custom_field
from tenants.imports import service, setting_up
from tenants.imports.fields import ImportDetail
from tenants.imports.people import agents
from tenants.imports.plan import DELIMITERS
from tenants.imports.setting_up import base_groups
from tenants.imports.template_fields import TemplateFields
from tenants.imports.templates import create_template, every_template


async def preview_page(request: WebRequest, detail: ImportDetail) -> Response[Any]:
    """The preview with all that can be chosen; for htmx only what a change of the settings draws anew."""
    template = "imports/preview.html.j2" if is_htmx(request) else "imports/show.html.j2"
    return page(request, template, shown=detail, base=await base(detail.base_id), **await _choices(detail))


@get("/imports/{import_id:uuid}/survey", right=Right.IMPORT_CONTACTS)
@in_workspace
async def import_survey(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    shown, survey = await service.import_view(import_id), await service.survey_of(import_id)
    return page(request, "imports/survey.html.j2", shown=shown, survey=survey, countable=True)


@post("/imports/{import_id:uuid}/settings", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def change_settings(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    form, before = await Form.of(request), await service.import_view(import_id)
    chosen = settings_of(form, before)
    return await preview_page(request, await setting_up.change_import(import_id, chosen, signed_in(request).id))


@in_workspace
async def _show_base(request: WebRequest, form: Form) -> Response[Any]:
    shown = await service.import_view(request.path_params["import_id"])
    return page(request, "imports/base.html.j2", form=form, shown=shown, groups=await base_groups())


@get("/imports/{import_id:uuid}/base", right=Right.IMPORT_CONTACTS)
async def new_base(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    return await _show_base(request, Form())


@post("/imports/{import_id:uuid}/base", right=Right.IMPORT_CONTACTS, status_code=303)
@shown_again(_show_base)
@in_workspace
async def use_new_base(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    form = await Form.of(request)
    if not form.text("new_base"):
        raise invalid("new_base", _("Give it a name."))
    try:
        await setting_up.change_import(import_id, base_wanted(form), signed_in(request).id)
    except Invalid as problem:
        raise beside_new_base(problem) from problem
    return to(request, f"/imports/{import_id}")


@in_workspace
async def _show_template(request: WebRequest, form: Form) -> Response[Any]:
    shown = await service.import_view(request.path_params["import_id"])
    return page(request, "imports/as_template.html.j2", form=form, shown=shown)


@get("/imports/{import_id:uuid}/template", right=Right.IMPORT_CONTACTS)
async def as_template(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    return await _show_template(request, Form())


@post("/imports/{import_id:uuid}/template", right=Right.IMPORT_CONTACTS, status_code=303)
@shown_again(_show_template)
@in_workspace
async def save_template(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    form = await Form.of(request)
    fields = TemplateFields(name=form.text("name"), import_id=import_id)
    made = await create_template(fields, signed_in(request).id)
    await notice(request, _("Template “{name}” is saved. Files with the same columns are read by it.", name=made.name))
    return to(request, f"/imports/{import_id}")


async def _choices(detail: ImportDetail) -> dict[str, Any]:
    """What the settings of a preview may be."""
    fields, lists = await every_custom_field(), await list_choices()
    headings = [*detail.headings, *[""] * len(detail.columns)]
    return {
        "encodings": encodings(),
        "delimiters": delimiters(),
        "countries": country_names(),
        "delimiter": DELIMITERS[detail.delimiter],
        "in_file": options(IN_FILE),
        "in_base": options(IN_BASE),
        "elsewhere": options(ELSEWHERE),
        "bases": lists.bases,
        "people": await agents(),
        "categories": list(lists.categories.values()),
        "templates": [(one.id, one.name) for one in await every_template()],
        "roles": role_names(fields),
        "new_fields": [new_field(one, headings[place], fields) for place, one in enumerate(detail.columns)],
    }


ROUTES = [import_survey, change_settings, new_base, use_new_base, as_template, save_template]
