"""A node in a container takes its secrets from the settings that all parts share."""

import pytest

from ringyard.kit.settings import NodeSettings, Settings
from ringyard.local.container_node import container_node
from ringyard.local.faults import LocalError

KNOWN = Settings(nodes=[NodeSettings(name="node1", ari_url="http://node1:8088", ari_password="p", sip_port=5060)])


def test_the_node_has_the_password_its_controller_uses_and_reads_endpoints_by_its_own_login() -> None:
    node = container_node(KNOWN, "node1")
    assert node.ari_password == "p"
    assert node.database
    assert node.database.user == KNOWN.role_name("asterisk")


def test_an_unknown_name_is_told_where_to_add_it() -> None:
    with pytest.raises(LocalError, match="RINGYARD_NODES"):
        container_node(KNOWN, "node9")
