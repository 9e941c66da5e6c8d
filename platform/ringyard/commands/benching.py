"""`ringyard bench`: measure the product on this machine."""

import asyncio
import tempfile
from pathlib import Path

import click
import uvloop

from ringyard.bench.figures import table
from ringyard.bench.run import FULL, run
from ringyard.local.faults import LocalError


@click.command()
@click.option("--contacts", default=3000, show_default=True, type=click.IntRange(100, 1_000_000), help="List to dial.")
@click.option("--full", is_flag=True, help=f"Dial {FULL} contacts to their end.")
def bench(contacts: int, full: bool) -> None:
    """Print the product's figures, each beside its limit and a bare figure of the same run.

    Starts servers of its own and touches no installation. A missed time is told and no failure; exit code 1 means
    that attempts and INVITEs disagree.
    """
    with tempfile.TemporaryDirectory(prefix="ringyard-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # Postgres runs as another user when we are root
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                outcome = runner.run(run(home, FULL if full else contacts, click.echo))
        except LocalError as fault:
            raise click.ClickException(str(fault)) from None
    click.echo(f"\n{table(outcome.figures)}")
    if outcome.faults:
        raise click.ClickException("Attempts and INVITEs disagree.")
