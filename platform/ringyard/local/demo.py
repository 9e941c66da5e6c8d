"""The demo workspace: what a newcomer sees first. Every step looks before it acts, so `seed` may run at every start.

Nothing here goes round the product: the workspace, trunk, scenarios and campaigns are made by the same services that
customers use; only contacts and past calls come in by COPY, and the past of the finished campaign is made up.
"""

from uuid import UUID

from ringyard.accounts import passwords
from ringyard.accounts.opening import Owner, furnish, open_workspace
from ringyard.kit.db import connection
from ringyard.kit.settings import Settings
from ringyard.local.demo_campaigns import finished_campaign, keep_one_running
from ringyard.local.demo_contacts import base_of
from ringyard.local.demo_parts import scenario, trunk
from tenants import registry
from tenants.campaigns.wake import mark_dialing
from tenants.context import Tenant, acting_for
from tenants.workspace import workspace

SLUG, NAME, COUNTRY = "demo", "Jantar Energia", "PL"
LISTS = (("Solar leads — autumn", 3_000, 11), ("Renewals 2027", 7_000, 12))


async def seed(settings: Settings, password: str) -> None:
    """Make or refresh the demo workspace. The database pool, Redis and the jobs' sender are open."""
    email = f"demo@{settings.domain}"
    tenant = await _workspace(settings, email, password)
    with acting_for(tenant):
        await _password(email, password)
        past, present = [await _base(*wanted) for wanted in LISTS]
        await mark_dialing()
        async with workspace():
            way_out = await trunk()
            await finished_campaign(past, await scenario("Solar offer, three tries"), way_out)
            await keep_one_running(present, await scenario("Reminder, all day"), way_out)


async def _workspace(settings: Settings, email: str, password: str) -> Tenant:
    """A start that died half-way left it registered but not built: it is furnished again."""
    known = await registry.by_slug(SLUG)
    if known is not None and known.status == "active":
        return known
    owner = Owner("Demo Owner", email, await passwords.hashed(password))
    if known is not None:
        return await furnish(settings, known.id, owner)
    return await open_workspace(settings, SLUG, NAME, COUNTRY, owner)


async def _password(email: str, password: str) -> None:
    """The password that `ringyard up` prints works, also on a database that knew another one."""
    async with workspace():
        stored = await connection().fetchval("select password_hash from users where lower(login) = lower($1)", email)
    if await passwords.matches(password, stored):
        return
    fresh = await passwords.hashed(password)
    async with workspace():
        await connection().execute("update users set password_hash = $2 where lower(login) = lower($1)", email, fresh)


async def _base(name: str, size: int, chance: int) -> UUID:
    async with workspace():
        return await base_of(name, size, chance)
