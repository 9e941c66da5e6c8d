"""What the settings, columns and happenings of imports are called on pages."""

from collections.abc import Sequence

from ringyard.kit.text import N_, _
from ringyard.web.contact_words import ROLES
from tenants.custom_fields.fields import CustomFieldView
from tenants.imports.plan import CUSTOM, LONGEST_KEY, REPEATED

IN_FILE = {
    "merge": N_("Make one contact"),
    "skip": N_("Leave the later row out"),
    "add": N_("Add each row"),
}
IN_BASE = {
    "merge": N_("Join that contact"),
    "skip": N_("Leave the row out"),
    "add": N_("Add a further contact"),
}
ELSEWHERE = {
    "add": N_("Do not look there"),
    "skip": N_("Leave the row out"),
    "merge": N_("Join that contact"),
}
HAPPENINGS = {
    "uploaded": N_("Uploaded"),
    "settings": N_("Settings changed"),
    "confirmed": N_("Confirmed"),
    "done": N_("All rows read"),
    "failed": N_("Failed"),
    "cancelled": N_("Cancelled"),
    "undone": N_("Undone"),
    "file_deleted": N_("File deleted"),
}


def role_names(fields: Sequence[CustomFieldView]) -> list[tuple[str, str, bool]]:
    """Every role that a column of any file may have: role, words, and whether several columns may have it."""
    usual = [(role, _(label), role in REPEATED) for role, label in ROLES.items()]
    return [*usual, *((CUSTOM + one.key, one.name, False) for one in fields)]


def new_field(column: str, heading: str, fields: Sequence[CustomFieldView]) -> tuple[str, str] | None:
    """The role that makes an own field of this column's heading, and its words; None where there is one already."""
    own = column.removeprefix(CUSTOM) if column.startswith(CUSTOM) else heading.strip()[:LONGEST_KEY]
    known = {name.lower() for one in fields for name in (one.key, one.name)}
    if not own or own.lower() in known:
        return None
    return CUSTOM + own, _("New own field “{name}”", name=own)


def role_word(column: str, fields: Sequence[CustomFieldView]) -> str:
    """What one column is, in words."""
    if not column.startswith(CUSTOM):
        return _(ROLES[column])
    key = column.removeprefix(CUSTOM)
    return next((one.name for one in fields if one.key == key), key)
