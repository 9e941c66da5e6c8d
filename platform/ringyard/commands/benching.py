"""`ringyard bench`: measure the product on this machine."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import uvloop

from ringyard.bench.contacts.run import Sizes
from ringyard.bench.dialing import FULL
from ringyard.bench.figures import table
from ringyard.bench.run import Wanted, run
from ringyard.local.faults import LocalError

FULL_ROWS, FULL_PAGES, PAGES = 1_000_000, 2000, 600


@click.command()
@click.option("--only", type=click.Choice(["dialing", "contacts"]), help="One part of the figures.")
@click.option("--contacts", default=3000, show_default=True, type=click.IntRange(100, 1_000_000), help="List to dial.")
@click.option(
    "--rows", default=100_000, show_default=True, type=click.IntRange(1000, FULL_ROWS), help="In base and import each."
)
@click.option("--home", type=click.Path(path_type=Path), help="A new folder to work in, which stays with all logs.")
@click.option("--full", is_flag=True, help=f"Dial {FULL} contacts to their end; {FULL_ROWS:,} rows.")
@click.option("--five-million", is_flag=True, help="The list also at five million contacts.")
def bench(only: str | None, contacts: int, rows: int, home: Path | None, full: bool, five_million: bool) -> None:
    """Print the product's figures, each beside its limit and a bare figure of the same run.

    Starts servers of its own and touches no installation. A missed time is told and no failure; exit code 1 means
    that attempts and INVITEs disagree, or that a campaign does not come to its end.
    """
    sizes = Sizes(FULL_ROWS if full else rows, FULL_PAGES if full else PAGES, five_million)
    wanted = Wanted(
        dialed=None if only == "contacts" else FULL if full else contacts,
        contacts=None if only == "dialing" else sizes,
    )
    with _folder(home) as folder:
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                outcome = runner.run(run(folder, wanted, click.echo))
        except LocalError as fault:
            raise click.ClickException(str(fault)) from None
    click.echo(f"\n{table(outcome.figures)}")
    if outcome.faults:
        raise click.ClickException("Attempts and INVITEs disagree.")


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    """The named one, else one that is gone afterwards; open to Postgres, which is another user when we are root."""
    if named:
        named.mkdir(mode=0o755, parents=True)
        yield named.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="ringyard-bench-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
