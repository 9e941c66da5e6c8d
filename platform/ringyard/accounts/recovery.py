"""Setting a password by a link in a mail: forgotten ones, and first ones of invited users."""

import contextlib
import json
from datetime import timedelta
from uuid import UUID

from ringyard.accounts import limits, onetime, passwords
from ringyard.accounts.limits import Window
from ringyard.kit import mail
from ringyard.kit.errors import NotFound
from ringyard.kit.mail import MailNotSent
from ringyard.kit.settings import Settings
from ringyard.kit.text import _
from tenants.agents import credentials
from tenants.agents import service as agents
from tenants.agents.credentials import Account
from tenants.context import current
from tenants.workspace import workspace

LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=3)


class LinkDead(NotFound):
    code = "link-dead"


async def limit(login: str, address: str) -> None:
    """Raises TooMany."""
    by_login, by_address = Window("recover", login, 3, 3600), Window("recover-address", address, 20, 3600)
    await limits.count(current().schema, by_login, by_address)


async def send_link(settings: Settings, login: str) -> None:
    """Mail a link to the user of this login, if there is one; to be run after the answer, which is the same for all."""
    async with workspace():
        found = await credentials.by_name(login)
    if found is None or found.email is None:
        return
    link = await _link(settings, found, LASTS)
    text = _(
        "Hello {name},\n\nset a new password for {workspace} here:\n\n{link}\n\n"
        "The link works once, for one hour. If you did not ask for this, do nothing.\n",
        name=found.name, workspace=current().name, link=link,
    )  # fmt: skip
    with contextlib.suppress(MailNotSent):  # logged where it failed; a visitor must not learn from it who exists
        await mail.send(found.email, _("Set a new password"), text)


async def invite(settings: Settings, login: str) -> None:
    """Mail a new user the link to set the first password. Raises MailNotSent."""
    async with workspace():
        found = await credentials.by_name(login)
    if found is None or found.email is None:
        return
    link = await _link(settings, found, INVITATION_LASTS)
    text = _(
        "Hello {name},\n\nyou have been invited to {workspace}. Your login is {login}. Set your password here:\n\n"
        "{link}\n\n"
        "The link works once, for three days.\n",
        name=found.name, workspace=current().name, login=found.login, link=link,
    )  # fmt: skip
    await mail.send(found.email, _("Your invitation to {workspace}", workspace=current().name), text)


async def _link(settings: Settings, account: Account, lasts: timedelta) -> str:
    value = json.dumps([str(account.id), account.stamp])
    secret = await onetime.issue(current().schema, "password", value, lasts)
    return settings.workspace_url(current().slug, f"/password/{secret}")


async def owner(secret: str) -> Account:
    """The user a link was made for. Raises LinkDead, also once the password has changed since."""
    value = await onetime.look(current().schema, "password", secret)
    if value is not None:
        user_id, stamp = json.loads(value)
        async with workspace():
            account = await credentials.by_id(UUID(user_id))
        if account is not None and account.stamp == stamp:
            return account
    raise LinkDead(_("This link is unknown, used or too old. Ask for a new one."))


async def set_by_link(secret: str, password: str) -> Account:
    """Give the user the new password, which ends their sessions; the account as it is now. Raises LinkDead, Invalid."""
    passwords.check(password)
    account = await owner(secret)
    password_hash = await passwords.hashed(password)
    if await onetime.redeem(current().schema, "password", secret) is None:
        raise LinkDead(_("This link is unknown, used or too old. Ask for a new one."))
    async with workspace():
        await agents.change(account.id, {"password_hash": password_hash})
        changed = await credentials.by_id(account.id)
    assert changed is not None
    return changed
