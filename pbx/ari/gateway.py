"""What can be asked of a node. The three requests of every call are plain JSON; the rest are aioari's operations."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aioari  # type: ignore[import-untyped]
import msgspec

from pbx.ari.errors import AriError, AriRefusedError, AriUnreachableError
from pbx.ari.events import EventLink, RawChannel, startup_time
from pbx.ari.transport import Transport
from pbx.orders import Originate

_JSON = {"Content-Type": "application/json"}
_channels = msgspec.json.Decoder(list[RawChannel]).decode
_channel = msgspec.json.Decoder(RawChannel).decode


@dataclass(frozen=True)
class Placed:
    """The node has the channel; how the call goes on is told by events."""


@dataclass(frozen=True)
class AlreadyInUse:
    """A live channel has this id: the call was placed before."""


@dataclass(frozen=True)
class Refused:
    """The node made no channel."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """No connection to the node: it has seen nothing of the call."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """It may have been placed or not: the next reconcile decides."""

    reason: str


OriginateResult = Placed | AlreadyInUse | Refused | Unreachable | Unknown


class Ari:
    """One node's ARI under one application name. Every method raises AriError unless it says otherwise.

    Made inside a running loop; `close` it. `link.run()` must be somebody's task for events to come."""

    def __init__(self, url: str, user: str, password: str, app: str) -> None:
        self._url = url
        self._app = app
        self._transport = Transport(url, user, password)
        self._model: aioari.Client | None = None
        self._modelling = asyncio.Lock()
        self.link = EventLink(self._transport, app)

    async def close(self) -> None:
        await self._transport.close()

    async def originate(self, order: Originate) -> OriginateResult:
        """Place a call; never raises AriError, never places one twice while the first lives."""
        body = msgspec.json.encode(_originate_body(order, self._app))
        try:
            await self._transport.request("POST", f"/channels/{order.call_id}", data=body, headers=_JSON)
        except AriRefusedError as error:
            return await self._after_conflict(order, error) if error.status == 409 else Refused(str(error))
        except AriUnreachableError as error:
            return Unreachable(str(error))
        except AriError as error:
            return Unknown(str(error))
        return Placed()

    async def _after_conflict(self, order: Originate, error: AriRefusedError) -> OriginateResult:
        """A 409 may be a stale error of that connection: only the channel itself proves that it is there."""
        try:
            found = await self.channel(order.call_id)
        except AriError:
            return Unknown(str(error))
        return AlreadyInUse() if found else Unknown(str(error))

    async def hangup(self, channel_id: str, reason: str = "normal") -> bool:
        """End a call; false when it had ended already. `reason`: normal, busy, congestion, no_answer, ..."""
        return await self._exists("DELETE", f"/channels/{channel_id}?reason={quote(reason)}")

    async def play(self, channel_id: str, media: str, playback_id: str) -> bool:
        """Start playing a media URI; PlaybackFinished with this id follows. False when the channel is gone."""
        body = msgspec.json.encode({"media": media})
        return await self._exists("POST", f"/channels/{channel_id}/play/{playback_id}", body)

    async def playback_exists(self, playback_id: str) -> bool:
        return await self._exists("GET", f"/playbacks/{playback_id}")

    async def channel(self, channel_id: str) -> RawChannel | None:
        try:
            return _channel((await self._transport.request("GET", f"/channels/{channel_id}")).body)
        except AriRefusedError as error:
            if error.status == 404:
                return None
            raise

    async def channels(self) -> list[RawChannel]:
        return _channels((await self._transport.request("GET", "/channels")).body)

    async def startup_time(self) -> datetime:
        return await startup_time(self._transport)

    async def answer(self, channel_id: str) -> None:
        await self._operate("channels", "answer", channelId=channel_id)

    async def set_variable(self, channel_id: str, name: str, value: str) -> None:
        await self._operate(
            "channels",
            "setChannelVar",
            channelId=channel_id,
            variable=name,
            value=value,
        )

    async def bridge_create(self, bridge_id: str, kind: str = "mixing") -> None:
        """Made once however often asked. `kind`: mixing, or holding for agents who wait."""
        await self._operate("bridges", "createWithId", bridgeId=bridge_id, type=kind)

    async def bridge_add(self, bridge_id: str, channel_id: str) -> None:
        await self._operate("bridges", "addChannel", bridgeId=bridge_id, channel=channel_id)

    async def bridge_destroy(self, bridge_id: str) -> None:
        await self._operate("bridges", "destroy", bridgeId=bridge_id)

    def stored_recording(self, name: str) -> AsyncIterator[bytes]:
        """The file's bytes. AriRefusedError 404: no such recording."""
        return self._transport.stream(f"/recordings/stored/{quote(name, safe='')}/file")

    async def delete_recording(self, name: str) -> bool:
        return await self._exists("DELETE", f"/recordings/stored/{quote(name, safe='')}")

    async def _exists(self, method: str, url: str, body: bytes | None = None) -> bool:
        try:
            await self._transport.request(method, url, data=body, headers=_JSON if body else None)
        except AriRefusedError as error:
            if error.status == 404:
                return False
            raise
        return True

    async def _operate(self, resource: str, operation: str, **arguments: str) -> Any:
        model = await self._resources()
        return await getattr(model.get_repo(resource), operation)(**arguments)

    async def _resources(self) -> aioari.Client:
        """aioari's model of the node's own description, read once."""
        async with self._modelling:
            if self._model is None:
                model = aioari.Client(self._url, self._transport)
                await model.init()
                self._model = model
            return self._model


def _originate_body(order: Originate, app: str) -> dict[str, Any]:
    return {
        "endpoint": order.endpoint,
        "context": "ringyard",
        "extension": "s",
        "priority": 1,
        "callerId": order.caller_id,
        "timeout": order.ring_timeout_s,
        "variables": {
            "RY_TENANT": order.tenant,
            "RY_CALL": order.call_id,
            "RY_APP": app,
            "RY_LIMIT": str(order.limit_s),
            "RY_RECORD": "1" if order.record else "",
            "RY_AMD": "1" if order.amd else "",
        },
    }
