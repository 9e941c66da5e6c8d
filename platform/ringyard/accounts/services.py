"""Which services are active in a workspace: rows in core, remembered in Redis since every request asks.

The catalogue with prices belongs to the account page; here a service is a key that is on or off.
"""

from uuid import UUID

from ringyard.accounts.rights import Service
from ringyard.kit.cache import cache
from ringyard.kit.db import after_commit, core
from ringyard.kit.errors import invalid
from ringyard.kit.text import _
from tenants.context import Tenant

REMEMBERED_S = 5
"""The longest a change may go unseen when its message to Redis was lost."""


def _key(tenant: Tenant) -> str:
    return f"{tenant.schema}:services"


async def active(tenant: Tenant) -> frozenset[str]:
    """Keys of the services active now. Opens a core transaction when Redis does not remember."""
    kept = await cache().get(_key(tenant))
    if kept is not None:
        return frozenset((kept.decode() if isinstance(kept, bytes) else kept).split())
    async with core() as connection:
        rows = await connection.fetch(
            "select key from core.workspace_services where workspace_id = $1 and active order by key", tenant.id
        )
    keys = [row["key"] for row in rows]
    await cache().set(_key(tenant), " ".join(keys), ex=REMEMBERED_S)
    return frozenset(keys)


async def switch(tenant: Tenant, key: str, on: bool) -> None:
    """Activate or deactivate a service, in an own core transaction. Raises Invalid for an unknown key."""
    if key not in list(Service):
        raise invalid("key", _("There is no service {key}", key=key))
    async with core() as connection:
        await connection.execute(
            """insert into core.workspace_services (workspace_id, key, active) values ($1, $2, $3)
               on conflict (workspace_id, key) do update set active = excluded.active, changed_at = now()""",
            tenant.id, key, on,
        )  # fmt: skip
        after_commit(lambda: cache().delete(_key(tenant)))


async def listed(workspace_id: UUID) -> dict[str, bool]:
    """Every service we have, and whether it is active in this workspace."""
    async with core() as connection:
        rows = await connection.fetch(
            "select key, active from core.workspace_services where workspace_id = $1", workspace_id
        )
    on = {row["key"]: row["active"] for row in rows}
    return {service.value: on.get(service.value, False) for service in Service}
