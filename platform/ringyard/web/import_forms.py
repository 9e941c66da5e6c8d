"""What the forms of an import's pages ask for, as the changes that its service knows."""

from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.errors import FieldError, Invalid, invalid
from ringyard.kit.text import _
from ringyard.web.forms import Form
from ringyard.web.import_settings import base_id_of
from tenants.imports.fields import ImportView
from tenants.imports.plan import DELIMITERS, ImportChange, NewBase

_TEXTS = ("encoding", "delimiter", "country", "duplicates", "duplicates_in_file", "duplicates_elsewhere")


def base_wanted(form: Form) -> ImportChange:
    """The base chosen, or a new one by its name and group. Raises Invalid beside the fields."""
    if form.text("new_base"):
        return ImportChange(new_base=NewBase(name=form.text("new_base"), group=form.text("new_group")))
    if not form.text("base_id"):
        raise invalid("base_id", _("Choose a base, or name a new one."))
    return ImportChange(base_id=base_id_of(form.text("base_id")))


def beside_new_base(problem: Invalid) -> Invalid:
    """A refused base of the upload's form, whose fields are called otherwise."""
    names = {"name": "new_base", "group": "new_group"}
    errors = [FieldError(names.get(error.field, error.field), error.message) for error in problem.errors]
    return Invalid(problem.detail, errors)


def settings_of(form: Form, before: ImportView) -> ImportChange:
    """What the settings' form says otherwise than the import. Choosing a template is the only change of its request.

    Columns that were chosen for another cut of the file, or without seeing a number, are guessed anew.
    """
    if form.text("template") != _template(before):
        return ImportChange(template_id=None if form.text("template") == "none" else _id(form, "template"))
    changed: dict[str, Any] = {
        name: form.text(name) for name in _TEXTS if form.text(name) and form.text(name) != _as_typed(before, name)
    }
    changed["base_id"] = base_id_of(form.text("base_id"))
    changed["responsible_id"] = _id(form, "responsible_id") if form.text("responsible_id") else None
    changed["category_ids"] = sorted(_ids(form.many("category_ids")))
    numberless = "country" in changed and "phone" not in form.many("columns")
    same_cut = "encoding" not in changed and "delimiter" not in changed and not numberless
    if same_cut and form.many("columns"):
        changed["columns"] = form.many("columns")
    if same_cut and form.text("header"):
        changed["header"] = form.text("header") == "true"
    return msgspec.convert(changed, ImportChange, strict=False)


def _template(before: ImportView) -> str:
    return str(before.template_id) if before.template_id else "none"


def _as_typed(before: ImportView, name: str) -> str:
    value = str(getattr(before, name))
    return DELIMITERS.get(value, value) if name == "delimiter" else value


def _id(form: Form, name: str) -> UUID:
    try:
        return UUID(form.text(name))
    except ValueError as error:
        raise invalid(name, _("This choice is not known.")) from error


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts if text]
    except ValueError as error:
        raise invalid("category_ids", _("There is no such category.")) from error
