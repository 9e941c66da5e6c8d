"""The menu of a workspace: which screens there are, and which of them this user sees."""

from dataclasses import dataclass

from ringyard.accounts.identity import Identity
from ringyard.accounts.rights import Right
from ringyard.kit.text import N_


@dataclass(frozen=True)
class Entry:
    label: str
    icon: str
    path: str
    right: Right
    current: bool = False


ENTRIES = (
    Entry(N_("Dashboard"), "layout-dashboard", "/", Right.VIEW_DASHBOARD),
    Entry(N_("Contacts"), "users", "/contacts", Right.VIEW_CONTACTS),
    Entry(N_("Dialing list"), "phone-outgoing", "/dialing-list", Right.MAKE_CALLS),
    Entry(N_("Bases"), "database", "/bases", Right.VIEW_CONTACTS),
    Entry(N_("Imports"), "file-import", "/imports", Right.IMPORT_CONTACTS),
    Entry(N_("Campaigns"), "speakerphone", "/campaigns", Right.VIEW_CAMPAIGNS),
    Entry(N_("Scenarios"), "route", "/scenarios", Right.EDIT_CAMPAIGNS),
    Entry(N_("Trunks"), "plug", "/trunks", Right.VIEW_TELEPHONY),
    Entry(N_("Audio"), "volume", "/audio", Right.VIEW_TELEPHONY),
    Entry(N_("Calls"), "phone-calling", "/calls", Right.VIEW_CALLS),
    Entry(N_("Agents"), "headset", "/agents", Right.VIEW_AGENTS),
    Entry(N_("Dialing limits"), "adjustments", "/settings/dialing-limits", Right.EDIT_SETTINGS),
    Entry(N_("API tokens"), "key", "/settings/tokens", Right.OWN_ACCOUNT),
)


def menu(identity: Identity | None, path: str) -> list[Entry]:
    """The entries this user may open, the one of the open screen marked."""
    if identity is None:
        return []
    return [_marked(entry, path) for entry in ENTRIES if identity.can(entry.right)]


def _marked(entry: Entry, path: str) -> Entry:
    here = path == entry.path or (entry.path != "/" and path.startswith(f"{entry.path}/"))
    return Entry(entry.label, entry.icon, entry.path, entry.right, here)
