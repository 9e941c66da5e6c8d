"""Columns of contact lists: which there are, and which of them in what order a user chose."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ringyard.kit.text import N_, _
from tenants.custom_fields.fields import CustomFieldView
from tenants.preferences.service import preferred

COLUMNS = {
    "name": N_("Name"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "status": N_("Status"),
    "outcome": N_("Outcome"),
    "responsible": N_("Responsible"),
    "base": N_("Base"),
    "categories": N_("Categories"),
    "communications": N_("Communications"),
    "comment": N_("Comment"),
    "region": N_("Region"),
    "timezone": N_("Time zone"),
    "external_id": N_("Your own ID"),
    "created": N_("Created"),
    "modified": N_("Changed"),
}
SORTED = ("name", "created", "modified")
OWN = "custom:"
PAGE_SIZES = (25, 50, 100, 200)


class ListLook(msgspec.Struct, frozen=True):
    """Columns in their order, by name or `custom:<key>`, and rows a page."""

    columns: list[str]
    rows: int = 50


USUAL = {
    "contacts": ListLook(["name", "phone", "email", "status", "outcome", "responsible", "modified"]),
    "dialing": ListLook(["phone", "name", "modified", "status", "communications", "email", "responsible", "comment"]),
}
"""Of the list of all contacts, and of the dialing view of one base."""


def preference(view: str) -> str:
    return f"list:{view}"


async def look_of(user_id: UUID, view: str, fields: Sequence[CustomFieldView]) -> ListLook:
    """Columns that are no more are left out. Runs inside an open workspace transaction."""
    look = await preferred(user_id, preference(view), USUAL[view])
    return tidy(look, fields) if look.columns else USUAL[view]


def tidy(look: ListLook, fields: Sequence[CustomFieldView]) -> ListLook:
    known = {*COLUMNS, *(f"{OWN}{field.key}" for field in fields)}
    columns = [name for name in dict.fromkeys(look.columns) if name in known]
    return ListLook(columns or ["name", "phone"], look.rows if look.rows in PAGE_SIZES else 50)


def all_columns(fields: Sequence[CustomFieldView]) -> dict[str, str]:
    """What each column is called."""
    own = {f"{OWN}{field.key}": field.name for field in fields}
    return {name: _(label) for name, label in COLUMNS.items()} | own
