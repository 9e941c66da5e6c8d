"""The settings of an import as forms send them: text that is left empty where the guess may decide."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import UNSET

from ringyard.kit.errors import FieldError, Invalid, invalid
from ringyard.kit.text import _
from tenants.imports.plan import ImportChange, columns_from

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
    values["header"] = _TRUTH.get(texts["header"].strip().lower()) if texts.get("header") else UNSET
    values["columns"] = columns_from(texts["columns"]) if texts.get("columns") else UNSET
    values["duplicates"] = texts.get("duplicates") or UNSET
    wrong = []
    if values["header"] is None:
        wrong.append(FieldError("header", _("Write true or false.")))
    if values["columns"] is None:
        wrong.append(FieldError("columns", _("Write the columns as a JSON list of texts.")))
    if values["duplicates"] not in (*_DUPLICATES, UNSET):
        wrong.append(FieldError("duplicates", _("Choose merge, skip or add.")))
    if wrong:
        raise Invalid(_("These settings do not fit."), wrong)
    return ImportChange(**values)
