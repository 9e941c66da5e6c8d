"""The dialog of bulk work on a list: what was ticked, and what is to be done with it. Out of a form's texts."""

from typing import Any, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from ringyard.kit.errors import invalid
from ringyard.kit.text import _
from ringyard.web.contact_params import chosen_of, filter_of
from ringyard.web.forms import Form
from tenants.contacts.filters import Sort
from tenants.contacts.selection import ContactSelection
from tenants.exports.plan import NewExport
from tenants.operations.fields import NewOperation

Wanted = TypeVar("Wanted", bound=ContactSelection)


class Ticked(msgspec.Struct, frozen=True):
    """What the page's script writes: ids, or the whole search as it stands in the list's address."""

    sort: Sort
    ids: list[UUID] | None = None
    search: str | None = None


def new_operation_of(form: Form, user_id: UUID) -> NewOperation:
    """Raises Invalid."""
    given = {"kind": form.text("kind"), "value": form.text("value") or None, "start": False}
    return _read({**_selection(form, user_id), **given}, NewOperation)


def new_export_of(form: Form, user_id: UUID) -> NewExport:
    """Raises Invalid."""
    columns = form.many("columns")
    if not columns:
        raise invalid("columns", _("Tick at least one column."))
    given = {name: form.text(name) for name in ("format", "encoding", "delimiter") if form.text(name)}
    return _read({**_selection(form, user_id), **given, "columns": columns, "start": False}, NewExport)


def _selection(form: Form, user_id: UUID) -> dict[str, Any]:
    try:
        ticked = msgspec.json.decode(form.text("selection"), type=Ticked)
    except msgspec.MsgspecError as error:
        raise invalid("ids", _("Tick the contacts again.")) from error
    if ticked.search is None:
        return {"ids": ticked.ids, "sort": ticked.sort}
    return {"filter": filter_of(chosen_of(dict(parse_qsl(ticked.search))), user_id), "sort": ticked.sort}


def _read(given: dict[str, Any], wanted: type[Wanted]) -> Wanted:
    try:
        return msgspec.convert(msgspec.to_builtins(given), wanted)
    except msgspec.ValidationError as error:
        raise invalid("value", _("Choose a value.")) from error
