"""`ringyard demo`: make or refresh the demo workspace of a running installation."""

import asyncio

import click

from ringyard.kit.cache import close_cache, open_cache
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.settings import Settings, settings
from ringyard.local.demo import seed
from tenants.jobs import use_sender
from worker.broker import BrokerSender, make_broker


@click.command()
@click.option("--password", envvar="RINGYARD_DEMO_PASSWORD", required=True, help="Of demo@..., 12 characters or more.")
def demo(password: str) -> None:
    """Make the demo workspace, or bring it back to life: sandbox carrier, 10,000 contacts, a campaign that runs."""
    asyncio.run(_seed(settings(), password))


async def _seed(known: Settings, password: str) -> None:
    await open_pool(known.role_url("app"), 2)
    await open_cache(known.redis_url)
    use_sender(BrokerSender(make_broker(known.redis_url)))
    try:
        await seed(known, password)
    finally:
        await close_cache()
        await close_pool()
