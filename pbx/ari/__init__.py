"""The gateway to Asterisk's REST interface: the only place that knows aioari."""

from pbx.ari.errors import AppTaken, AriError, AriRefused, AriUnreachable, AriUnsure
from pbx.ari.events import (
    Connected,
    Disconnected,
    EventLink,
    Heard,
    RawChannel,
    RawEvent,
    RawPlayback,
)
from pbx.ari.gateway import AlreadyInUse, Ari, OriginateResult, Placed, Refused, Unknown

__all__ = [
    "AlreadyInUse",
    "AppTaken",
    "Ari",
    "AriError",
    "AriRefused",
    "AriUnreachable",
    "AriUnsure",
    "Connected",
    "Disconnected",
    "EventLink",
    "Heard",
    "OriginateResult",
    "Placed",
    "RawChannel",
    "RawEvent",
    "RawPlayback",
    "Refused",
    "Unknown",
]
