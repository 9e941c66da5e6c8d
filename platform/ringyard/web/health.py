"""Whether this process can serve: it reaches database and Redis. For supervisors and load balancers, on any host."""

from litestar import get
from litestar.enums import MediaType

from ringyard.kit.cache import cache
from ringyard.kit.db import core

PATH = "/healthz"


@get(PATH, public=True, media_type=MediaType.TEXT, include_in_schema=False)
async def healthz() -> str:
    """200 when both answer; an error otherwise."""
    async with core() as connection:
        await connection.fetchval("select 1")
    await cache().ping()
    return "ok"
