"""`ringyard workspace create` and `ringyard token create`."""

import json as json_format

import click

from ringyard.accounts import passwords
from ringyard.accounts.opening import Owner, open_workspace
from ringyard.commands.session import run, working_for
from ringyard.kit.errors import NotFound, invalid
from ringyard.kit.settings import settings
from tenants.agents import credentials, tokens
from tenants.context import Tenant
from tenants.provision import SlugTaken
from tenants.workspace import workspace as open_door


@click.group()
def workspace() -> None:
    """Customers' workspaces."""


@workspace.command("create")
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--owner", required=True, help="E-mail of the first administrator, also the login.")
@click.option("--password", required=True)
@click.option("--country", default="PL", show_default=True, help="Two letters, ISO 3166.")
@click.option("--json", "as_json", is_flag=True)
def create_workspace(slug: str, name: str, owner: str, password: str, country: str, as_json: bool) -> None:
    """Make a workspace with its first administrator, ready to sign in."""
    tenant = run(_create(slug, name, owner, password, country))
    url = settings().workspace_url(slug)
    answer = {"id": str(tenant.id), "slug": slug, "schema": tenant.schema, "url": url}
    click.echo(json_format.dumps(answer) if as_json else f"{name} is ready: {url}")


async def _create(slug: str, name: str, owner: str, password: str, country: str) -> Tenant:
    passwords.check(password)
    first = Owner(owner.partition("@")[0], owner, await passwords.hashed(password))
    try:
        return await open_workspace(settings(), slug, name, country.upper(), first)
    except SlugTaken:
        raise invalid("slug", f"The address {slug} is taken.") from None


@click.group()
def token() -> None:
    """API tokens."""


@token.command("create")
@click.argument("slug")
@click.option("--user", required=True, help="The user's login or e-mail.")
@click.option("--name", default="command line", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def create_token(slug: str, user: str, name: str, as_json: bool) -> None:
    """Make an API token with all scopes of a user; it is shown this once."""
    secret = run(_token(slug, user, name))
    click.echo(json_format.dumps({"token": secret}) if as_json else secret)


async def _token(slug: str, user: str, name: str) -> str:
    async with working_for(slug), open_door():
        account = await credentials.by_name(user)
        if account is None:
            raise NotFound(f"There is no active user {user} in {slug}.")
        return await tokens.create(account.id, name)
