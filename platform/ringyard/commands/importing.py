"""`ringyard import SLUG FILE --base NAME`: a list from the command line, the same way as from the pages."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import msgspec

from ringyard.commands.session import run, working_for
from ringyard.kit import store
from ringyard.kit.errors import invalid
from tenants.bases.service import base_called
from tenants.imports.fields import ImportView
from tenants.imports.plan import ImportChange, columns_from
from tenants.imports.service import confirm_import, create_import, import_view
from tenants.imports.uploading import take_in
from tenants.workspace import workspace

LOOK_S = 0.3


@click.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base", required=True, help="Name of the base; made if there is none.")
@click.option("--encoding", help="Guessed if not given.")
@click.option("--delimiter", help="Guessed if not given.")
@click.option("--columns", help='What each column is, as JSON: ["name", "phone", "skip"]. Guessed if not given.')
@click.option("--country", help="Completes local numbers; the workspace's own if not given.")
@click.option("--header/--no-header", default=None, help="Whether the first row names the columns.")
@click.option("--duplicates", type=click.Choice(["merge", "skip", "add"]))
def import_list(slug: str, file: Path, base: str, **chosen: Any) -> None:
    """Import a CSV file into a base and wait until every row has been read."""
    done = run(_import(slug, file, base, _change(chosen)))
    click.echo(f"{done.state}: {done.added} added, {done.merged} merged, {done.skipped} skipped, {done.junk} junk")
    if done.state != "done":
        raise click.ClickException(done.error or "The import did not end well.")


def _change(chosen: dict[str, Any]) -> ImportChange:
    given = {name: value for name, value in chosen.items() if value is not None}
    if "columns" in given:
        given["columns"] = columns_from(given["columns"])
        if given["columns"] is None:
            raise click.BadParameter("write a JSON list of texts", param_hint="--columns")
    return msgspec.convert(given, ImportChange)


async def _import(slug: str, file: Path, base: str, change: ImportChange) -> ImportView:
    async with working_for(slug):
        upload = await take_in(file.name, _blocks(file))
        try:
            async with workspace():
                detail = await create_import(upload, (await base_called(base)).id, change)
                if detail.problems:
                    raise invalid("columns", " ".join(detail.problems))
                await confirm_import(upload.id)
        except BaseException:
            await store.delete(upload.key)
            raise
        return await _ended(upload.id)


async def _blocks(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as source:
        while block := await asyncio.to_thread(source.read, store.BLOCK):
            yield block


async def _ended(import_id: UUID) -> ImportView:
    """The worker reads the rows; looks until it has ended, for as long as that takes."""
    while True:
        async with workspace():
            view = await import_view(import_id)
        if view.state != "running":
            return view
        await asyncio.sleep(LOOK_S)
