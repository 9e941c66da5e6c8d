"""The operator's own list, for every workspace of the installation. Opens core transactions of its own."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from ringyard.kit.db import core
from ringyard.kit.errors import NotFound
from tenants import registry
from tenants.jobs import send


class ServiceNumber(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    reason: str
    created_at: datetime


async def add_to_service_list(numbers: Sequence[str], reason: str) -> int:
    """E.164 numbers; gives how many are new. No workspace calls them from its next reservation on."""
    async with core() as connection:
        done = await connection.execute(
            """insert into core.do_not_call (number, reason)
               select distinct n, $2 from unnest($1::text[]) as v (n) on conflict (number) do nothing""",
            list(numbers), reason,
        )  # fmt: skip
    return int(done.rpartition(" ")[2])


async def remove_from_service_list(number: str) -> None:
    """Every workspace is told, so that contacts left out because of it are called again. Raises NotFound."""
    async with core() as connection:
        gone = await connection.fetchval("delete from core.do_not_call where number = $1 returning 1", number)
    if gone is None:
        raise NotFound(f"{number} is not on the list.")
    for tenant in await registry.all_active():
        send("call_again", tenant.schema, {"number": number})


async def service_numbers(after: str = "", limit: int = 1000) -> list[ServiceNumber]:
    """By number, those beyond `after`."""
    async with core() as connection:
        rows = await connection.fetch(
            """select number, reason, created_at from core.do_not_call where number > $1
               order by number limit $2""",
            after, limit,
        )  # fmt: skip
    return [ServiceNumber(**row) for row in rows]
