"""How a search of contacts runs: planned for its own values and within a time. Inside an open workspace transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from ringyard.kit.db import connection
from ringyard.kit.errors import invalid
from ringyard.kit.text import _

_LONGEST_SEARCH_MS = 3000

# A generic plan for `like $1` reads the whole base; workers of a parallel plan would take the processor from calls.
_SETTINGS = """
select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '32MB', true),
       set_config('max_parallel_workers_per_gather', '0', true), set_config('statement_timeout', $1, true)
"""


async def prepared(limit_ms: int) -> None:
    """For the statements to come in this transaction."""
    await connection().execute(_SETTINGS, str(limit_ms))


@asynccontextmanager
async def limited() -> AsyncIterator[None]:
    """Raises Invalid when a statement inside takes too long; the transaction is then lost."""
    await prepared(_LONGEST_SEARCH_MS)
    try:
        yield
    except asyncpg.QueryCanceledError as error:
        raise invalid("q", _("This search takes too long. Type more letters or digits.")) from error
