"""The Asterisk nodes this installation has, as rows in core, and draining them. The operator's matter."""

from dataclasses import dataclass
from typing import Literal

from ringyard.kit.db import core
from ringyard.kit.errors import NotFound
from ringyard.kit.settings import Settings
from ringyard.kit.text import _

State = Literal["active", "drained"]


@dataclass(frozen=True, slots=True)
class NodeView:
    name: str
    state: str
    sip_host: str
    sip_port: int
    max_channels: int
    max_cps: int
    workspaces: int


async def write(settings: Settings) -> None:
    """Bring the rows of the nodes named in the settings up to date; whether one is drained stays as it is."""
    async with core() as connection:
        await connection.executemany(
            """insert into core.nodes (name, ari_url, sip_host, sip_port, max_channels, max_cps)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (name) do update set ari_url = excluded.ari_url, sip_host = excluded.sip_host,
                 sip_port = excluded.sip_port,
                 max_channels = excluded.max_channels, max_cps = excluded.max_cps, changed_at = now()""",
            [
                (
                    node.name,
                    node.ari_url,
                    node.sip_host,
                    node.sip_port,
                    node.max_channels,
                    node.max_cps,
                )
                for node in settings.nodes
            ],
        )


async def listed() -> list[NodeView]:
    async with core() as connection:
        rows = await connection.fetch(
            """select n.name, n.state, n.sip_host, n.sip_port, n.max_channels, n.max_cps, count(w.id) as workspaces
               from core.nodes n left join core.workspaces w on w.home_node = n.name group by n.name order by n.name"""
        )
    return [NodeView(**row) for row in rows]


async def set_state(name: str, state: State) -> None:
    """Raises NotFound. A drained node gets no new calls; workspaces at home there move when they dial next."""
    async with core() as connection:
        known = await connection.fetchval(
            "update core.nodes set state = $2, changed_at = now() where name = $1 returning true", name, state
        )
    if not known:
        raise NotFound(_("There is no node {name}.", name=name))
