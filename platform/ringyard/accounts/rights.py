"""What a user may do: rights are named by routes, roles are bundles of rights, services switch rights on and off.

One place, so that the answer to "who may do this?" is one table.
"""

from enum import StrEnum

from ringyard.kit.text import N_


class Right(StrEnum):
    VIEW_DASHBOARD = "view_dashboard"
    VIEW_CONTACTS = "view_contacts"
    EDIT_CONTACTS = "edit_contacts"
    DELETE_CONTACTS = "delete_contacts"
    DELETE_ANY_COMMENT = "delete_any_comment"
    IMPORT_CONTACTS = "import_contacts"
    EXPORT_CONTACTS = "export_contacts"
    EDIT_LISTS = "edit_lists"
    VIEW_CAMPAIGNS = "view_campaigns"
    EDIT_CAMPAIGNS = "edit_campaigns"
    RUN_CAMPAIGNS = "run_campaigns"
    VIEW_TELEPHONY = "view_telephony"
    EDIT_TELEPHONY = "edit_telephony"
    VIEW_CALLS = "view_calls"
    MAKE_CALLS = "make_calls"
    LISTEN = "listen"
    VIEW_AGENTS = "view_agents"
    EDIT_AGENTS = "edit_agents"
    RELEASE_NUMBERS = "release_numbers"
    EDIT_SETTINGS = "edit_settings"
    ERASE_PEOPLE = "erase_people"
    WATCH_EVENTS = "watch_events"
    OWN_ACCOUNT = "own_account"


class Service(StrEnum):
    CRM = "crm"
    DIALER = "dialer"
    RECORDING = "recording"


class Role(StrEnum):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    DEVELOPER = "developer"


ROLE_NAMES = {
    Role.ADMIN: N_("Administrator"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.OPERATOR: N_("Operator"),
    Role.DEVELOPER: N_("Developer"),
}

_OPERATOR = {
    Right.VIEW_DASHBOARD,
    Right.VIEW_CONTACTS,
    Right.EDIT_CONTACTS,
    Right.VIEW_CALLS,
    Right.MAKE_CALLS,
    Right.WATCH_EVENTS,
    Right.OWN_ACCOUNT,
}
_SUPERVISOR = _OPERATOR | {
    Right.DELETE_CONTACTS,
    Right.IMPORT_CONTACTS,
    Right.EXPORT_CONTACTS,
    Right.EDIT_LISTS,
    Right.VIEW_CAMPAIGNS,
    Right.VIEW_AGENTS,
    Right.LISTEN,
    Right.RELEASE_NUMBERS,
}

RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right),
    Role.DEVELOPER: frozenset(Right) - {Right.ERASE_PEOPLE},
    Role.SUPERVISOR: frozenset(_SUPERVISOR),
    Role.OPERATOR: frozenset(_OPERATOR),
}

SERVICE_OF: dict[Right, Service] = {
    Right.VIEW_CONTACTS: Service.CRM,
    Right.EDIT_CONTACTS: Service.CRM,
    Right.DELETE_CONTACTS: Service.CRM,
    Right.DELETE_ANY_COMMENT: Service.CRM,
    Right.IMPORT_CONTACTS: Service.CRM,
    Right.EXPORT_CONTACTS: Service.CRM,
    Right.EDIT_LISTS: Service.CRM,
    Right.RELEASE_NUMBERS: Service.CRM,
    Right.ERASE_PEOPLE: Service.CRM,
    Right.VIEW_CAMPAIGNS: Service.DIALER,
    Right.EDIT_CAMPAIGNS: Service.DIALER,
    Right.RUN_CAMPAIGNS: Service.DIALER,
    Right.VIEW_TELEPHONY: Service.DIALER,
    Right.EDIT_TELEPHONY: Service.DIALER,
}
"""A right listed here is worth nothing while its service is not active in the workspace."""
