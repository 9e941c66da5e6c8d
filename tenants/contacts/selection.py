"""Which contacts a bulk operation works on: ticked ones or all that a list shows, frozen as a file of ids in the store.

What was counted and confirmed is then what is done, whatever changes meanwhile; and no query stays open for it.
"""

from collections.abc import Collection
from uuid import UUID

import msgspec
import numpy as np
from asyncpg.pgproto import pgproto

from ringyard.kit import store
from ringyard.kit.db import connection
from ringyard.kit.errors import invalid
from ringyard.kit.ids import new_id
from ringyard.kit.text import _
from tenants.contacts.filters import ContactFilter, Sort
from tenants.contacts.search import selected
from tenants.files import new_key

MOST_TICKED = 10_000
_ID = 16
_HEADER, _ROW = 19, 22
"""Of Postgres's binary COPY of one uuid column: bytes before the first row, and of a row with its two lengths."""


class ContactSelection(msgspec.Struct, frozen=True, kw_only=True):
    """Either `ids` or `filter`; an empty filter means every contact of the workspace. `sort` is the list's order."""

    ids: list[UUID] | None = None
    filter: ContactFilter | None = None
    sort: Sort = "-modified"


class Frozen(msgspec.Struct, frozen=True):
    """A file of `count` ids in the object store."""

    key: str
    count: int


class _Cutter:
    """Cuts the ids out of a binary COPY that comes in pieces of any length."""

    def __init__(self) -> None:
        self._rest = b""
        self._begun = False
        self.count = 0

    def cut(self, piece: bytes) -> bytes:
        data = self._rest + piece
        if not self._begun:
            if len(data) < _HEADER:
                self._rest = data
                return b""
            self._begun, data = True, data[_HEADER:]
        rows = len(data) // _ROW
        self._rest = data[rows * _ROW :]
        self.count += rows
        table = np.frombuffer(data, np.uint8, rows * _ROW).reshape(rows, _ROW)
        return table[:, _ROW - _ID :].tobytes()


async def freeze(selection: ContactSelection) -> Frozen:
    """One query's answer, in list order, in constant memory. Inside an open workspace transaction.

    Ticked ids that are not there are left out. Raises Invalid where not exactly one of `ids` and `filter` is given.
    """
    _check(selection)
    query, values = selected(selection.filter or ContactFilter(), selection.sort, selection.ids)
    key, cutter = new_key("selections", new_id()), _Cutter()
    async with store.writing(key) as write:

        async def take(piece: bytes) -> None:
            if ids := cutter.cut(piece):
                await write(ids)

        await connection().copy_from_query(query, *values, output=take, format="binary")
    return Frozen(key, cutter.count)


async def ids_of(key: str, start: int, count: int) -> list[UUID]:
    """From place `start` on; fewer at the end. Raises FileNotFoundError."""
    data = await store.get_range(key, start * _ID, (start + count) * _ID)
    # the driver's own UUIDs are made four times as fast
    return [pgproto.UUID(data[at : at + _ID]) for at in range(0, len(data), _ID)]


async def holds_any(key: str, ids: Collection[UUID]) -> bool:
    """Whether one of these stands in the file; also True when it is no longer there to be looked at."""
    try:
        async for block in store.read(key):
            if any(_holds(block, one.bytes) for one in ids):
                return True
    except FileNotFoundError:
        return True
    return False


def _holds(block: bytes, one: bytes) -> bool:
    at = block.find(one)
    while at % _ID and at >= 0:
        at = block.find(one, at + 1)
    return at >= 0


def _check(selection: ContactSelection) -> None:
    if (selection.ids is None) == (selection.filter is None):
        raise invalid("ids", _("Name the contacts by their ids or by a filter, not both."))
    if selection.ids is not None and not 0 < len(selection.ids) <= MOST_TICKED:
        raise invalid("ids", _("Tick from 1 to {most} contacts.", most=MOST_TICKED))
