"""Events of a node as they come: decoded to just the fields that are used, in a queue, through every reconnect."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import msgspec

from pbx.ari.errors import AppTakenError, AriError
from pbx.ari.transport import Transport

log = logging.getLogger(__name__)

WANTED = (
    "StasisStart",
    "Dial",
    "ChannelDestroyed",
    "PlaybackFinished",
    "ApplicationReplaced",
)
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 1.0


class RawChannel(msgspec.Struct):
    id: str
    name: str
    state: str = ""
    channelvars: dict[str, str] = {}


class RawPlayback(msgspec.Struct):
    id: str
    target_uri: str = ""
    state: str = ""


class RawEvent(msgspec.Struct):
    """One ARI event; fields that its type does not have are empty."""

    type: str
    timestamp: str = ""
    channel: RawChannel | None = None
    peer: RawChannel | None = None
    playback: RawPlayback | None = None
    dialstatus: str = ""
    cause: int = 0
    tech_cause: int = 0
    soft: bool = False
    args: list[str] = []


@dataclass(frozen=True)
class Connected:
    """Events flow from here on; what happened before is unknown. A new `startup_time`: all calls are gone."""

    startup_time: datetime


@dataclass(frozen=True)
class Disconnected:
    """Nothing is heard until the next Connected; calls live on if the node does."""

    reason: str


Heard = Connected | Disconnected | RawEvent

_decode = msgspec.json.Decoder(RawEvent).decode


class EventLink:
    """Owns the application's websocket. `run` it as a task; read `heard`."""

    def __init__(self, transport: Transport, app: str) -> None:
        self._transport = transport
        self._app = app
        self.heard: asyncio.Queue[Heard] = asyncio.Queue()

    async def run(self) -> None:
        """Connect, queue, reconnect with growing pauses, for ever. Raises AppTakenError."""
        pause = _FIRST_PAUSE_S
        while True:
            try:
                socket = await self._connect()
            except AriError as error:
                log.debug("node not reached: %s", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
                continue
            pause = _FIRST_PAUSE_S
            await self._read(socket)

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        socket = await self._transport.ws_connect("/events", {"app": self._app, "subscribeAll": True})
        try:
            await self._filter()
            self.heard.put_nowait(Connected(await startup_time(self._transport)))
        except BaseException:
            await socket.close()
            raise
        return socket

    async def _filter(self) -> None:
        """By hand: aioari's own way is silently not applied."""
        body = msgspec.json.encode({"allowed": [{"type": name} for name in WANTED]})
        url = f"/applications/{self._app}/eventFilter"
        await self._transport.request("PUT", url, data=body, headers={"Content-Type": "application/json"})

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async with socket:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._queue(message.data)
        self.heard.put_nowait(Disconnected(f"websocket closed ({socket.close_code})"))

    def _queue(self, text: str) -> None:
        try:
            event = _decode(text)
        except msgspec.DecodeError as error:
            log.warning("an event was not understood: %s", error)
            return
        if event.type == "ApplicationReplaced":
            raise AppTakenError(self._app)
        self.heard.put_nowait(event)


class _Status(msgspec.Struct):
    startup_time: str


class _Info(msgspec.Struct):
    status: _Status


async def startup_time(transport: Transport) -> datetime:
    """When the node's process started, by its clock (aware). Raises AriError."""
    reply = await transport.request("GET", "/asterisk/info", {"only": "status"})
    return datetime.fromisoformat(msgspec.json.decode(reply.body, type=_Info).status.startup_time)
