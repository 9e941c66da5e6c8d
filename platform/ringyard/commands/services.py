"""`ringyard service activate|deactivate|list`: a workspace's services, by the operator."""

import click

from ringyard.accounts import services
from ringyard.accounts.rights import Service
from ringyard.commands.session import run, tenant_of


@click.group()
def service() -> None:
    """Services of a workspace."""


async def _switch(slug: str, key: str, on: bool) -> None:
    await services.switch(await tenant_of(slug), key, on)


@service.command()
@click.argument("slug")
@click.argument("key")
def activate(slug: str, key: str) -> None:
    """Switch a service on."""
    run(_switch(slug, key, on=True))
    click.echo(f"{key} is active in {slug}.")


@service.command()
@click.argument("slug")
@click.argument("key")
def deactivate(slug: str, key: str) -> None:
    """Switch a service off: its pages, API and jobs stop, its data stays."""
    run(_switch(slug, key, on=False))
    click.echo(f"{key} is not active in {slug}.")


async def _listed(slug: str) -> dict[str, bool]:
    return await services.listed((await tenant_of(slug)).id)


@service.command("list")
@click.argument("slug", required=False)
def list_services(slug: str | None) -> None:
    """The services there are; with SLUG, which of them are active there."""
    if slug is None:
        click.echo("\n".join(Service))
        return
    for key, on in run(_listed(slug)).items():
        click.echo(f"{key}\t{'active' if on else 'not active'}")
