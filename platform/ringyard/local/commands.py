"""The commands that belong to one machine: `ringyard up` and `ringyard doctor`."""

import asyncio

import click

from ringyard.local.doctor import examine, verdict
from ringyard.local.faults import LocalError
from ringyard.local.installation import home_folder
from ringyard.local.up import run_up


@click.command()
@click.option("--nodes", default=1, show_default=True, type=click.IntRange(1, 4), help="Asterisk nodes to start.")
@click.option("--demo/--no-demo", default=True, show_default=True, help="Make the demo workspace.")
def up(nodes: int, demo: bool) -> None:
    """Run the whole product in the foreground until Ctrl-C."""
    try:
        asyncio.run(run_up(home_folder(), nodes, demo))
    except LocalError as fault:
        raise click.ClickException(str(fault)) from None


@click.command()
def doctor() -> None:
    """Check every part and say what to do about each fault; exit code 0 only when all is well."""
    findings = asyncio.run(examine(home_folder()))
    for finding in findings:
        click.echo(finding.line())
    click.echo(verdict(findings))
    if any(finding.fault for finding in findings):
        raise click.exceptions.Exit(1)
