"""The gateway to Asterisk's REST interface: the only place that knows aioari."""

from pbx.ari.errors import AppTakenError, AriError, AriRefusedError, AriUnreachableError, AriUnsureError
from pbx.ari.events import (
    Connected,
    Disconnected,
    EventLink,
    Heard,
    RawChannel,
    RawEvent,
    RawPlayback,
)
from pbx.ari.gateway import AlreadyInUse, Ari, OriginateResult, Placed, Refused, Unknown, Unreachable

__all__ = [
    "AlreadyInUse",
    "AppTakenError",
    "Ari",
    "AriError",
    "AriRefusedError",
    "AriUnreachableError",
    "AriUnsureError",
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
    "Unreachable",
]
