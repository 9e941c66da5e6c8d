"""`ringyard node list|drain|undrain`."""

import click

from ringyard.accounts import nodes
from ringyard.commands.session import run


@click.group()
def node() -> None:
    """Asterisk nodes."""


@node.command("list")
def list_nodes() -> None:
    """Every node with its state, SIP address, limits and the workspaces at home there."""
    for one in run(nodes.listed()):
        limits = f"{one.max_channels} channels, {one.max_cps} calls/s"
        click.echo(f"{one.name}\t{one.state}\t{one.sip_host}:{one.sip_port}\t{limits}\t{one.workspaces} workspaces")


@node.command()
@click.argument("name")
def drain(name: str) -> None:
    """Give a node no new calls; running ones end by themselves."""
    run(nodes.set_state(name, "drained"))
    click.echo(f"{name} is drained.")


@node.command()
@click.argument("name")
def undrain(name: str) -> None:
    """Let a node take calls again."""
    run(nodes.set_state(name, "active"))
    click.echo(f"{name} is active.")
