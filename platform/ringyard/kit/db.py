"""The database engine, and transactions on it. Which role and schema a transaction has is decided by its two doors:
`core()` here and `tenants.workspace.workspace()`; nothing else may call `transaction()`.

Piccolo's queries and our own SQL share the one connection of the transaction that is open. Outside one, every query is
refused: it would run without a tenant and, in Piccolo, on whatever connection is free.
"""

import inspect
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, cast

import asyncpg
import structlog
from piccolo.engine.postgres import PostgresEngine

log = structlog.get_logger()


class OutsideTransaction(RuntimeError):
    """A query was made with no workspace or core transaction open."""


class NestedTransaction(RuntimeError):
    """A transaction was opened inside another: the inner one would join the outer's tenant in silence."""


class Transaction:
    """What Piccolo looks for (`connection`), and what is to be done once the commit has succeeded."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.after_commit: list[Callable[[], Any]] = []


class DoorEngine(PostgresEngine):
    """Piccolo's engine without its ways round the door, and without a connection at import time."""

    async def check_version(self) -> None:
        return None

    async def prep_database(self) -> None:
        return None

    async def _run_in_pool(self, query: str, args: Any = None) -> Any:
        raise OutsideTransaction(query)

    async def _run_in_new_connection(self, query: str, args: Any = None) -> Any:
        raise OutsideTransaction(query)

    async def get_new_connection(self) -> Any:
        raise OutsideTransaction

    def transaction(self, allow_nested: bool = True) -> Any:
        raise OutsideTransaction

    def atomic(self) -> Any:
        raise OutsideTransaction


DB = DoorEngine(config={})
_current: ContextVar[Transaction | None] = DB.current_transaction  # type: ignore[assignment] # Piccolo asks it for `connection`


def _encoded(value: Any) -> str:
    """Piccolo hands JSON over as text already; our own SQL hands over what the text stands for."""
    return value if isinstance(value, str) else json.dumps(value)


async def _prepare(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_encoded, decoder=json.loads)


async def _reset(connection: asyncpg.Connection) -> None:
    """Role and path are LOCAL to a transaction, so there is nothing to undo; asyncpg's own reset is a round trip."""
    if connection.is_in_transaction():
        await connection.reset()


async def open_pool(url: str, size: int) -> None:
    """Open the process's pool. A backend keeps memory for every schema it has seen, so connections are recycled."""
    await DB.start_connection_pool(
        dsn=url,
        min_size=1,
        max_size=size,
        max_queries=50_000,
        max_inactive_connection_lifetime=120,
        init=_prepare,
        reset=_reset,
    )


async def close_pool() -> None:
    await DB.close_connection_pool()


def connection() -> asyncpg.Connection:
    """The connection of the transaction that is open, for our own SQL."""
    return _open().connection


def after_commit(action: Callable[[], Any]) -> None:
    """Run `action` (sync or async) once this transaction has committed; never if it rolls back."""
    _open().after_commit.append(action)


def _open() -> Transaction:
    current = _current.get()
    if current is None:
        raise OutsideTransaction
    return current


@asynccontextmanager
async def transaction(role: str | None, search_path: str) -> AsyncIterator[asyncpg.Connection]:
    """One transaction under a role and a search path, both LOCAL to it. Raises NestedTransaction inside another."""
    if _current.get() is not None:
        raise NestedTransaction
    if DB.pool is None:
        raise OutsideTransaction
    async with DB.pool.acquire() as pooled:
        connection = cast(asyncpg.Connection, pooled)  # the pool's proxy has all of its methods
        current = Transaction(connection)
        async with connection.transaction():
            await connection.execute(
                "select set_config('role', $1, true), set_config('search_path', $2, true)", role or "none", search_path
            )
            token = _current.set(current)
            try:
                yield connection
            finally:
                _current.reset(token)
    await _run(current.after_commit)


async def _run(actions: list[Callable[[], Any]]) -> None:
    """The commit stands whatever happens here: a failed action is logged, and what it would have done a sweep does."""
    for action in actions:
        try:
            result = action()
            if inspect.isawaitable(result):
                await result
        except Exception:
            log.exception("after-commit action failed")


@asynccontextmanager
async def core() -> AsyncIterator[asyncpg.Connection]:
    """A transaction on the shared tables, always named with their schema: `core.workspaces`."""
    async with transaction(None, "") as connection:
        yield connection
