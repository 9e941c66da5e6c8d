"""`ringyard import SLUG FILE --base NAME`: a list from the command line, the same way as from the pages."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import click
import msgspec

from ringyard.commands.session import run, working_for
from ringyard.kit import store
from ringyard.kit.errors import invalid
from tenants.categories.service import every_category
from tenants.imports.fields import ImportView
from tenants.imports.people import people
from tenants.imports.plan import ImportChange, NewBase, columns_from
from tenants.imports.service import confirm_import, import_view
from tenants.imports.setting_up import create_import
from tenants.imports.templates import every_template
from tenants.imports.uploading import discard, take_in
from tenants.workspace import workspace

LOOK_S = 0.3
T = TypeVar("T")
_POLICY = click.Choice(["merge", "skip", "add"])


@click.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base", required=True, help="Name of the base; made if there is none.")
@click.option("--encoding", help="Guessed if not given.")
@click.option("--delimiter", help="Guessed if not given.")
@click.option("--columns", help='What each column is, as JSON: ["name", "phone", "skip"]. Guessed if not given.')
@click.option("--country", help="Completes local numbers; the workspace's own if not given.")
@click.option("--header/--no-header", default=None, help="Whether the first row names the columns.")
@click.option("--duplicates", type=_POLICY, help="What happens to a row whose number is in the base.")
@click.option("--duplicates-in-file", type=_POLICY, help="The same, further up in the file; as --duplicates.")
@click.option("--duplicates-elsewhere", type=_POLICY, help="The same, in another base; not looked at if not given.")
@click.option("--group", default="", help="Group of the base, if it is made now.")
@click.option("--category", multiple=True, help="Name of a category that every contact gets; may repeat.")
@click.option("--responsible", help="Login, e-mail or name of who is responsible for every contact.")
@click.option("--template", help="Name of the template to read the file by; `none` for the guess alone.")
def import_list(slug: str, file: Path, base: str, group: str, **chosen: Any) -> None:
    """Import a CSV, TXT or XLSX file into a base and wait until every row has been read."""
    named = {name: chosen.pop(name) for name in ("category", "responsible", "template")}
    change = msgspec.structs.replace(_change(chosen), new_base=NewBase(name=base, group=group))
    done = run(_import(slug, file, change, named))
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


async def _import(slug: str, file: Path, change: ImportChange, named: Mapping[str, Any]) -> ImportView:
    async with working_for(slug):
        upload = await take_in(file.name, _blocks(file))
        try:
            async with workspace():
                detail = await create_import(upload, None, await _with_named(change, named))
                if detail.problems:
                    raise invalid("columns", " ".join(detail.problems))
                await confirm_import(upload.id)
        except BaseException:
            await discard(upload)
            raise
        return await _ended(upload.id)


async def _with_named(change: ImportChange, named: Mapping[str, Any]) -> ImportChange:
    """The change with what an operator names and we know by ids. Raises Invalid beside what nothing is called."""
    found: dict[str, Any] = {}
    if named["category"]:
        ids = {one.name.lower(): one.id for one in await every_category()}
        found["category_ids"] = [_known(ids, name, "category") for name in named["category"]]
    if named["responsible"]:
        found["responsible_id"] = UUID(str(_known(await people(), named["responsible"], "responsible")))
    if named["template"] == "none":
        found["template_id"] = None
    elif named["template"]:
        ids = {one.name.lower(): one.id for one in await every_template()}
        found["template_id"] = _known(ids, named["template"], "template")
    return msgspec.structs.replace(change, **found)


def _known(ids: Mapping[str, T], name: str, option: str) -> T:
    if name.lower() not in ids:
        raise invalid(option, f"There is nothing called {name!r}.")
    return ids[name.lower()]


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
