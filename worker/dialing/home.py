"""The node that a workspace dials from: its home, or another one when that is drained or dead."""

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


async def home_node(settings: Settings, tenant: Tenant) -> NodeSettings:
    """The workspace's node. Re-homes it when its node is drained or not watched and another one is alive."""
    async with core() as connection:
        names = [row["name"] for row in await connection.fetch(_CANDIDATES, tenant.home_node or "")]
    alive = [name for name in names if await health_of(name) is not None]
    chosen = next(iter(alive), tenant.home_node or names[0])
    if chosen != tenant.home_node:
        await _rehome(tenant, chosen)
    return node_settings(settings, chosen)


async def _rehome(tenant: Tenant, node: str) -> None:
    async with core() as connection:
        await connection.execute("update core.workspaces set home_node = $2 where id = $1", tenant.id, node)
    registry.forget()
    log.info("workspace has a new home node", workspace=tenant.slug, node=node, before=tenant.home_node)
