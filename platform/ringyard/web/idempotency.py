"""Idempotency keys of the API: a POST that is sent again gets the first answer, and is carried out once.

A claim is made by the middleware and honoured inside the handler's own workspace transaction: the key's row, the work
and the answer are committed together, so a crash leaves all of them or none. Only answers of success are kept: a
refused request may be mended and sent again under its key. Keys belong to a user and are kept for `KEPT`.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.serialization import default_serializer, encode_json

from ringyard.kit.db import connection
from ringyard.kit.errors import Conflict
from ringyard.kit.text import _
from tenants.workspace import workspace

KEPT = timedelta(days=1)


class KeyReused(Conflict):
    code = "idempotency-key-reused"


@dataclass(slots=True)
class Claim:
    """A request that names a key. `status` is the one the route answers with when it succeeds."""

    user_id: UUID
    key: str
    request_hash: bytes
    status: int
    honoured: bool = False

    async def once(self, work: Callable[[], Awaitable[Any]]) -> Response[bytes]:
        """Inside a workspace transaction: do the work, or give the answer it was given before.

        A twin under way makes this wait at the row until the twin has committed. Raises KeyReused for another body.
        """
        self.honoured = True
        if not await self._take() and (earlier := await self._answer()):
            return earlier
        answer = _plain(await work(), self.status)
        await self._fill(answer)
        return answer

    async def _take(self) -> bool:
        await connection().execute(
            "delete from idempotency where user_id = $1 and key = $2 and created_at < now() - $3::interval",
            self.user_id, self.key, KEPT,
        )  # fmt: skip
        taken = await connection().fetchval(
            """insert into idempotency (user_id, key, request_hash) values ($1, $2, $3)
               on conflict do nothing returning true""",
            self.user_id, self.key, self.request_hash,
        )  # fmt: skip
        return bool(taken)

    async def stored(self) -> Response[bytes] | None:
        """Before the work, in an own transaction: the answer of an earlier request. Raises KeyReused."""
        async with workspace():
            return await self._answer()

    async def keep(self, status: int, body: bytes) -> None:
        """After work that no single transaction held: store its answer in one of its own."""
        async with workspace():
            await self._take()
            await self._fill(Response(body, status_code=status))

    async def _fill(self, answer: Response[bytes]) -> None:
        await connection().execute(
            "update idempotency set status = $3, headers = $4, body = $5 where user_id = $1 and key = $2",
            self.user_id, self.key, answer.status_code, dict(answer.headers), answer.content,
        )  # fmt: skip

    async def _answer(self) -> Response[bytes] | None:
        row = await connection().fetchrow(
            """select request_hash, status, headers, body from idempotency
               where user_id = $1 and key = $2 and status is not null and created_at > now() - $3::interval""",
            self.user_id, self.key, KEPT,
        )  # fmt: skip
        if row is None:
            return None
        if row["request_hash"] != self.request_hash:
            raise KeyReused(_("This idempotency key was used for another request."))
        headers = {**row["headers"], "idempotency-replayed": "true"}
        return Response(row["body"], status_code=row["status"], headers=headers, media_type="application/json")


def _plain(result: Any, status: int) -> Response[bytes]:
    """What the handler returned as bytes, so that it can be both sent and kept."""
    headers: dict[str, str] = {}
    if isinstance(result, Response):
        status = result.status_code or status
        headers = {name: str(value) for name, value in result.headers.items()}
        result = result.content
    body = b"" if result is None else encode_json(result, default_serializer)
    return Response(body, status_code=status, headers=headers, media_type="application/json")


_pending: ContextVar[Claim | None] = ContextVar("idempotency_claim", default=None)


def pending() -> Claim | None:
    """The claim of this request that no transaction has honoured yet."""
    claim = _pending.get()
    return None if claim is None or claim.honoured else claim


@contextmanager
def announced(claim: Claim) -> Iterator[None]:
    """For the middleware. Taken back afterwards: a request behind this one may be answered in the same context."""
    token = _pending.set(claim)
    try:
        yield
    finally:
        _pending.reset(token)
