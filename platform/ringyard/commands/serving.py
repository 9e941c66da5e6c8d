"""`ringyard serve` and `ringyard migrate`."""

import asyncio

import click
import uvicorn

from ringyard.accounts import nodes
from ringyard.app import create_app
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.settings import Settings, settings
from tenants.migrate import bootstrap, migrate_all


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(host: str) -> None:
    """The web: pages and API on the installation's port."""
    known = settings()
    uvicorn.run(
        create_app(known),
        host=host,
        port=known.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=known.scheme == "https",
        timeout_graceful_shutdown=5,
    )


@click.command()
def migrate() -> None:
    """Bring roles, core tables, every workspace and the list of nodes up to date."""
    applied = asyncio.run(_migrate(settings()))
    click.echo(f"{applied} migrations of workspaces applied.")


async def _migrate(known: Settings) -> int:
    await bootstrap(known)
    await open_pool(known.role_url("app"), 1)
    try:
        await nodes.write(known)
    finally:
        await close_pool()
    return await migrate_all(known)
