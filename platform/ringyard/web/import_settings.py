"""The settings of an import as forms send them: text that is left empty where the guess may decide."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from ringyard.kit.errors import FieldError, Invalid, invalid
from ringyard.kit.text import _
from tenants.imports.plan import ImportChange, NewBase, columns_from

_TRUTH = {"true": True, "1": True, "on": True, "yes": True, "false": False, "0": False, "off": False, "no": False}
_DUPLICATES = ("merge", "skip", "add")


def base_id_of(text: str) -> UUID:
    """Raises Invalid."""
    try:
        return UUID(text)
    except ValueError as error:
        raise invalid("base_id", _("There is no such base.")) from error


def chosen_of(texts: Mapping[str, str]) -> ImportChange:
    """What was filled in; raises Invalid beside the fields that cannot be read."""
    values: dict[str, Any] = {name: texts[name] for name in ("encoding", "delimiter", "country") if texts.get(name)}
    wrong = []
    for name, (read, sentence) in _readers().items():
        if texts.get(name):
            values[name] = read(texts[name])
            wrong += [FieldError(name, sentence)] if values[name] is None else []
    if texts.get("template_id") == "none":
        values["template_id"] = None
    elif texts.get("template_id"):
        values["template_id"] = _uuid(texts["template_id"])
        wrong += [] if values["template_id"] else [FieldError("template_id", _("There is no such template."))]
    if texts.get("base_name"):
        values["new_base"] = NewBase(name=texts["base_name"], group=texts.get("base_group", ""))
    if wrong:
        raise Invalid(_("These settings do not fit."), wrong)
    return ImportChange(**values)


def _readers() -> dict[str, tuple[Callable[[str], Any], str]]:
    """How the text of each field is read (None where it cannot be), and what is then said."""
    duplicates = (_duplicates, _("Choose merge, skip or add."))
    return {
        "header": (lambda text: _TRUTH.get(text.strip().lower()), _("Write true or false.")),
        "columns": (columns_from, _("Write the columns as a JSON list of texts.")),
        "duplicates": duplicates,
        "duplicates_in_file": duplicates,
        "duplicates_elsewhere": duplicates,
        "category_ids": (_uuids, _("Write the ids of categories as a JSON list of texts.")),
        "responsible_id": (_uuid, _("There is no such user.")),
    }


def _duplicates(text: str) -> str | None:
    return text if text in _DUPLICATES else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _uuids(text: str) -> list[UUID] | None:
    try:
        return msgspec.json.decode(text, type=list[UUID])
    except msgspec.MsgspecError:
        return None
