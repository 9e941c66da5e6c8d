"""The routes of a workspace's site, read from the application itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar.handlers import HTTPRouteHandler

from ringyard.web.middleware.hosts import Ringyard
from tests.support.lookalikes import Seed


@dataclass(frozen=True)
class Route:
    """One method of one path; `path` has its places as `{contact_id:uuid}`."""

    method: str
    path: str
    opt: dict[str, Any]

    @property
    def places(self) -> list[str]:
        return re.findall(r"{(\w+):uuid}", self.path)

    def at(self, seed: Seed) -> str:
        """The path with ids of that workspace's rows; a name stands for a verb or a secret."""
        filled = re.sub(r"{(\w+)_id:uuid}", lambda place: str(id_of(seed, place[1])), self.path)
        return re.sub(r"{(\w+):(str|path)}", "start", filled)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def id_of(seed: Seed, noun: str) -> UUID:
    """Of the row that stands for `noun` in paths and bodies."""
    return (
        seed.id("user", "operator") if noun in ("agent", "responsible", "user") else seed.id(noun, _SINGLE.get(noun, 1))
    )


_SINGLE = {"token": "operator"}


def workspace_routes(app: Ringyard) -> Iterator[Route]:
    """Without those Litestar adds itself."""
    for route in app.workspace.routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler) and not handler.fn.__module__.startswith("litestar."):
                for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                    yield Route(method, route.path, handler.opt)
