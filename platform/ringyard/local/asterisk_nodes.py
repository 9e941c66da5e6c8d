"""The Asterisk nodes of one home: their folders, ports and secrets, and what the settings say of each."""

import socket
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pbx.node import ARI_USER, LocalNode, NodeDatabase, NodePorts
from ringyard.kit.settings import NodeSettings
from ringyard.local.ports import Ports
from ringyard.local.program import RINGYARD, Program
from ringyard.local.secrets import Secrets

# Two ports per call, and the ports of ended calls stay taken for about half a minute.
RTP_PORTS = 5400


def node_names(count: int) -> list[str]:
    return [f"node{number}" for number in range(1, count + 1)]


def local_node(home: Path, name: str, tree: Path, database_url: str | None = None) -> LocalNode:
    """The node of this name with its remembered ports; `configure` it before it is started."""
    ports = Ports(home)
    rtp_start = ports.take_range(f"{name}-rtp", RTP_PORTS)
    return LocalNode(
        name=name,
        tree=tree,
        folder=home / name,
        ports=NodePorts(
            http=ports.take(f"{name}-ari"),
            sip=ports.take(f"{name}-sip", socket.SOCK_DGRAM),
            rtp_start=rtp_start,
            rtp_end=rtp_start + RTP_PORTS - 1,
        ),
        ari_password=Secrets(home).get(f"{name}-ari"),
        database=node_database(database_url) if database_url else None,
    )


def node_database(url: str) -> NodeDatabase:
    parts = urlsplit(url)
    return NodeDatabase(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 5432,
        name=parts.path.lstrip("/"),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def node_settings(node: LocalNode) -> NodeSettings:
    host, port = node.sip_address
    return NodeSettings(
        name=node.name,
        ari_url=node.ari_url,
        ari_user=ARI_USER,
        ari_password=node.ari_password,
        sip_host=host,
        sip_port=port,
    )


def node_program(node: LocalNode) -> Program:
    return Program(node.name, tuple(node.command()), environment=node.environment())


def controller_program(node: NodeSettings) -> Program:
    return Program(f"controller-{node.name}", (RINGYARD, "controller", node.name))
