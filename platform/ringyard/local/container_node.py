"""A node in a container of its own: `python3 -m ringyard.local.container_node NAME` configures Asterisk and becomes it.

The container has the system's Python with few packages, so this module keeps to settings and the node's own.
"""

import os
import sys
from pathlib import Path

from pbx.node import LocalNode, NodePorts
from ringyard.kit.settings import Settings, settings
from ringyard.local.asterisk_nodes import node_database
from ringyard.local.faults import LocalError

PORTS = NodePorts(http=8088, sip=5060, rtp_start=10000, rtp_end=19999)


def container_node(known: Settings, name: str) -> LocalNode:
    """The node as RINGYARD_NODES names it, on every address of its container. Raises LocalError."""
    described = next((node for node in known.nodes if node.name == name), None)
    if described is None:
        raise LocalError(f"RINGYARD_NODES has no node named {name}: add it there.")
    return LocalNode(
        name=name,
        tree=Path("/"),
        folder=known.home / name,
        ports=PORTS,
        ari_password=described.ari_password,
        database=node_database(known.role_url("asterisk")),
        bind="0.0.0.0",  # noqa: S104 - the container's network is the border
    )


def main(name: str) -> None:
    node = container_node(settings(), name)
    node.configure()
    command = node.command()
    os.execve(command[0], command, dict(node.environment()))  # noqa: S606 - Asterisk becomes the container's process


if __name__ == "__main__":
    main(sys.argv[1])
