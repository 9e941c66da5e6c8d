"""Opening a workspace: subdomain, schema, default data, first administrator. May be repeated after a crash."""

from dataclasses import dataclass
from uuid import UUID

from ringyard.accounts import phones, services
from ringyard.accounts.rights import Service
from ringyard.accounts.subdomains import check_slug
from ringyard.kit.db import connection
from ringyard.kit.ids import new_id
from ringyard.kit.settings import Settings
from ringyard.kit.text import N_, _
from tenants import provision
from tenants.agents import service as agents
from tenants.context import Tenant, acting_for
from tenants.workspace import workspace

OUTCOMES = (
    (N_("Success"), "#2fb344", "success"),
    (N_("Call later"), "#4299e1", "callback"),
    (N_("Not interested"), "#667382", "final"),
    (N_("Bad number"), "#d63939", "bad_number"),
    (N_("Do not call"), "#182433", "do_not_call"),
)


@dataclass(frozen=True, slots=True)
class Owner:
    name: str
    email: str
    password_hash: str


async def open_workspace(settings: Settings, slug: str, name: str, country: str, owner: Owner) -> Tenant:
    """Make a workspace ready for its owner in one go. Raises Invalid for the subdomain and SlugTaken."""
    check_slug(slug)
    workspace_id = await provision.register(slug, name, country, None)
    return await furnish(settings, workspace_id, owner)


async def furnish(settings: Settings, workspace_id: UUID, owner: Owner) -> Tenant:
    """Build a registered workspace and fill it with what every workspace starts from; repeatable."""
    tenant = await provision.build(settings, workspace_id)
    for service in (Service.CRM, Service.DIALER):
        await services.switch(tenant, service, on=True)
    with acting_for(tenant):
        async with workspace():
            await _first_user(owner)
            await _outcomes()
    return tenant


async def _first_user(owner: Owner) -> None:
    """Nobody else can have signed in before this, so a user that exists is the owner of an earlier try."""
    await connection().execute("select pg_advisory_xact_lock(hashtext(current_schema()))")
    if await connection().fetchval("select 1 from users limit 1"):
        return
    first = await agents.create(agents.NewAgent(owner.name, owner.email, "admin", owner.password_hash, owner.email))
    phones.follow(first.id)


async def _outcomes() -> None:
    await connection().executemany(
        "insert into outcomes (id, name, colour, kind, position) values ($1, $2, $3, $4, $5) on conflict do nothing",
        [(new_id(), _(name), colour, kind, place) for place, (name, colour, kind) in enumerate(OUTCOMES)],
    )
