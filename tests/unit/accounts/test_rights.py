"""Who may do what: the table of roles, and what a switched-off service takes away."""

import pytest

from ringyard.accounts.identity import Identity
from ringyard.accounts.rights import RIGHTS_OF, Right, Role
from ringyard.kit.ids import new_id
from ringyard.web.navigation import menu
from tenants.agents.credentials import Account


def _identity(role: Role, *services: str) -> Identity:
    account = Account(new_id(), "anna", None, "Anna", role.value, None, "en", "stamp")
    return Identity(account, frozenset(services), by_token=False)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.DEVELOPER])
def test_settings_belong_to_administrators_and_developers(role: Role) -> None:
    assert RIGHTS_OF[role] >= {Right.EDIT_CAMPAIGNS, Right.RUN_CAMPAIGNS, Right.EDIT_TELEPHONY, Right.EDIT_AGENTS}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR])
def test_settings_are_closed_to_the_others(role: Role) -> None:
    assert not RIGHTS_OF[role] & {Right.EDIT_CAMPAIGNS, Right.RUN_CAMPAIGNS, Right.EDIT_TELEPHONY, Right.EDIT_AGENTS}


def test_a_supervisor_may_all_that_an_operator_may() -> None:
    assert RIGHTS_OF[Role.SUPERVISOR] > RIGHTS_OF[Role.OPERATOR]


def test_a_right_is_worth_nothing_while_its_service_is_off() -> None:
    admin = _identity(Role.ADMIN, "dialer")
    assert admin.has(Right.VIEW_CONTACTS)
    assert not admin.can(Right.VIEW_CONTACTS)
    assert admin.can(Right.VIEW_CAMPAIGNS)


def test_the_menu_shows_what_can_be_opened_and_where_we_are() -> None:
    entries = menu(_identity(Role.OPERATOR, "crm", "dialer"), "/contacts/some-id")
    assert "/campaigns" not in {entry.path for entry in entries}
    assert [entry.path for entry in entries if entry.current] == ["/contacts"]


def test_a_visitor_has_no_menu() -> None:
    assert menu(None, "/") == []
