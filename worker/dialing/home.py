"""The node that a workspace dials from: its home, or another one when that is drained or dead."""

from dataclasses import dataclass

import structlog

from pbx.gateways import node_settings
from pbx.health import health_of
from ringyard.kit.db import core
from ringyard.kit.settings import NodeSettings, Settings
from tenants import registry
from tenants.context import Tenant

log = structlog.get_logger()

# The active node with the fewest workspaces; a workspace's own home first of all.
_CANDIDATES = """
select n.name from core.nodes n
left join lateral (select count(*) as homes from core.workspaces w where w.home_node = n.name) h on true
where n.state = 'active' order by (n.name = $1) desc, h.homes, n.name
"""


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace's node, and whether new calls may be placed there (not while it is drained)."""

    node: NodeSettings
    usable: bool


async def home_of(settings: Settings, tenant: Tenant) -> Home:
    """The workspace's home. Moves it when its node is drained or not watched and another one is alive."""
    async with core() as connection:
        active = [row["name"] for row in await connection.fetch(_CANDIDATES, tenant.home_node or "")]
    alive = [name for name in active if await health_of(name) is not None]
    chosen = next(iter(alive), None) or tenant.home_node or settings.nodes[0].name
    if chosen != tenant.home_node:
        await _rehome(tenant, chosen)
    return Home(node_settings(settings, chosen), chosen in active)


async def _rehome(tenant: Tenant, node: str) -> None:
    async with core() as connection:
        await connection.execute("update core.workspaces set home_node = $2 where id = $1", tenant.id, node)
    registry.forget()
    log.info("workspace has a new home node", workspace=tenant.slug, node=node, before=tenant.home_node)
