"""`ringyard do-not-call add|remove|list|import`: numbers that no workspace of the installation may call."""

from pathlib import Path

import click

from ringyard.commands.session import run
from ringyard.kit.phone import Unreadable, read, sentence
from tenants.do_not_call.fields import number_typed
from tenants.do_not_call.rows import Row, records, understood
from tenants.do_not_call.service_list import add_to_service_list, remove_from_service_list, service_numbers

_COUNTRY = click.option("--country", default="PL", show_default=True, help="Completes local numbers.")
_SLICE = 5_000


@click.group("do-not-call")
def do_not_call() -> None:
    """The service-wide do-not-call list."""


@do_not_call.command()
@click.argument("number")
@click.option("--reason", default="")
@_COUNTRY
def add(number: str, reason: str, country: str) -> None:
    """Put a number on the list: no workspace calls it from now on."""
    found = read(number, country)
    if isinstance(found, Unreadable):
        raise click.ClickException(sentence(found.reason))
    new = run(add_to_service_list([found.number], reason))
    click.echo(f"{found.number} is on the list." if new else f"{found.number} was on the list already.")


@do_not_call.command()
@click.argument("number")
@_COUNTRY
def remove(number: str, country: str) -> None:
    """Take a number off the list; campaigns that left it out call it again."""

    async def removed() -> str:
        e164 = number_typed(number, country)
        await remove_from_service_list(e164)
        return e164

    click.echo(f"{run(removed())} is off the list.")


@do_not_call.command("list")
def list_numbers() -> None:
    """Every number with when it came (UTC) and why, separated by tabs."""

    async def shown() -> None:
        after = ""
        while found := await service_numbers(after):
            for one in found:
                click.echo(f"{one.number}\t{one.created_at:%Y-%m-%d %H:%M}\t{one.reason}")
            after = found[-1].number

    run(shown())


@do_not_call.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", default="", help="For every number of the file.")
@click.option("--delimiter", default=";", show_default=True)
@_COUNTRY
def import_file(file: Path, reason: str, delimiter: str, country: str) -> None:
    """Put a file's numbers on the list, one a row, in UTF-8; rows without a number are named."""
    added, known, junk = run(_imported(file, reason, delimiter, country))
    for row in junk:
        click.echo(f"row {row.row}: {row.text}: {sentence(row.junk)}", err=True)
    click.echo(f"{added} added, {known} known, {len(junk)} junk")


async def _imported(file: Path, reason: str, delimiter: str, country: str) -> tuple[int, int, list[Row]]:
    added, seen, junk, batch = 0, 0, list[Row](), list[str]()
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for place, cells in enumerate(records(lines, delimiter), 1):
            row = understood(place, cells, country)
            if row is not None and row.junk:
                junk.append(row)
            elif row is not None:
                batch.append(row.number)
            if len(batch) == _SLICE:
                added, seen, batch = added + await add_to_service_list(batch, reason), seen + _SLICE, []
    added, seen = added + await add_to_service_list(batch, reason), seen + len(batch)
    return added, seen - added, junk
