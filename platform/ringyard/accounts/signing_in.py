"""Signing in to a workspace with login and password."""

from ringyard.accounts import limits, passwords
from ringyard.accounts.limits import Window
from ringyard.kit.errors import Invalid, invalid
from ringyard.kit.text import _
from tenants.agents import credentials
from tenants.agents.credentials import Account
from tenants.context import current
from tenants.workspace import workspace


class WrongPair(Invalid):
    """One error for an unknown login, a wrong password and a deactivated user."""

    code = "wrong-login"


async def sign_in(login: str, password: str, address: str) -> Account:
    """The account behind a pair. Raises WrongPair or TooMany; takes the same time whatever is wrong.

    Opens its own transaction, so that no database connection waits for the hash.
    """
    place = current().schema
    by_login, by_address = Window("login", login, 10, 900), Window("login-address", address, 50, 900)
    await limits.count(place, by_login, by_address)
    async with workspace():
        found = await credentials.by_login(login)
    fits = await passwords.matches(password, found[1] if found else None)
    if found is None or not fits:
        raise WrongPair(_("Login or password is wrong."))
    await limits.forgive(place, by_login)
    return found[0]


async def confirm_password(login: str, password: str, address: str) -> None:
    """For a signed-in user about to change something weighty. Raises Invalid and TooMany."""
    try:
        await sign_in(login, password, address)
    except WrongPair:
        raise invalid("current", _("This is not your present password.")) from None
