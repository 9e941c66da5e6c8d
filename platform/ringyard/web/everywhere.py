"""What search everywhere shows: which kinds of things this user may find, what they are called and where they are."""

from collections.abc import Mapping

from ringyard.accounts.identity import Identity
from ringyard.accounts.rights import Right
from ringyard.kit.text import N_
from tenants.everywhere.service import Hit, Kind

KINDS: Mapping[Kind, tuple[str, str, Right]] = {
    "client": (N_("Clients"), "users", Right.VIEW_CONTACTS),
    "document": (N_("Documents"), "file-text", Right.VIEW_CONTACTS),
    "base": (N_("Bases"), "database", Right.VIEW_CONTACTS),
    "import": (N_("Imports"), "file-import", Right.IMPORT_CONTACTS),
    "campaign": (N_("Campaigns"), "speakerphone", Right.VIEW_CAMPAIGNS),
}
"""Name, icon and the right that it takes to find them."""


def kinds_of(identity: Identity, wanted: str = "") -> list[Kind]:
    """Those this user may find; with `wanted` only that one."""
    return [kind for kind, (_name, _icon, right) in KINDS.items() if identity.can(right) and wanted in ("", kind)]


def place(hit: Hit) -> str:
    """The address of the thing's page."""
    return {
        "client": f"/contacts/{hit.id}",
        "document": f"/contacts/{hit.contact_id}/documents/{hit.id}",
        "base": f"/bases/{hit.id}",
        "import": f"/imports/{hit.id}",
        "campaign": f"/campaigns/{hit.id}",
    }[hit.kind]
