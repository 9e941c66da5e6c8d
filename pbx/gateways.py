"""One gateway per node and process, made when first used."""

from pbx.ari import Ari
from pbx.node import APP
from ringyard.kit.settings import NodeSettings, Settings

_open: dict[str, Ari] = {}


class UnknownNode(LookupError):
    """No node of this name is configured here."""


def node_settings(settings: Settings, name: str) -> NodeSettings:
    for node in settings.nodes:
        if node.name == name:
            return node
    raise UnknownNode(name)


def gateway(settings: Settings, name: str) -> Ari:
    """The process's gateway to a node. Raises UnknownNode."""
    if name not in _open:
        node = node_settings(settings, name)
        _open[name] = Ari(node.ari_url, node.ari_user, node.ari_password, APP)
    return _open[name]


async def close_gateways() -> None:
    while _open:
        await _open.popitem()[1].close()
