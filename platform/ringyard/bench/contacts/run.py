"""The contact base's figures, from the first to the last: a base is filled, then people work with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ringyard.bench import campaigns
from ringyard.bench.contacts import bare, base_rows, bulk, exactness, exporting, figures, file, importing, lists, mix
from ringyard.bench.contacts.base_rows import Contents
from ringyard.bench.contacts.client import Client, client_of
from ringyard.bench.contacts.neighbour import Neighbour, neighbour
from ringyard.bench.figures import Figure
from ringyard.bench.house import House
from tenants.context import Tenant, acting_for

Say = Callable[[str], None]
SLUG, NEIGHBOUR = "bench-contacts", "bench-neighbour"
NEIGHBOURS = 20_000
IDLE_PAGES = 300
LARGE = 5_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """`rows` in the base, and as many in each file; `pages` of the list are asked for. `large`: also at `LARGE`."""

    rows: int
    pages: int
    large: bool = False


@dataclass(frozen=True, slots=True)
class _Bench:
    house: House
    sizes: Sizes
    tenant: Tenant
    contents: Contents
    client: Client
    beside: Neighbour
    say: Say


async def contact_base(house: House, sizes: Sizes, say: Say) -> list[Figure]:
    """Needs the product running. Raises LocalError."""
    other = await campaigns.customer(house, NEIGHBOUR)
    with acting_for(other):
        neighbours = await _filled(house, other, NEIGHBOURS, say)
    tenant = await campaigns.customer(house, SLUG)
    looks = list(mix.queries(neighbours, NEIGHBOURS, IDLE_PAGES))
    with acting_for(tenant):
        say(f"filling a base with {sizes.rows:,} contacts")
        contents = await _filled(house, tenant, sizes.rows, say)
        async with client_of(house.settings, SLUG) as client, neighbour(house, NEIGHBOUR, looks) as beside:
            await beside.look(figures.IDLE, IDLE_PAGES)
            bench = _Bench(house, sizes, tenant, contents, client, beside, say)
            return await _measured(bench)


async def _filled(house: House, tenant: Tenant, count: int, say: Say) -> Contents:
    contents = await base_rows.furnish()
    await base_rows.fill(contents, 0, count, say)
    await base_rows.fill(contents, base_rows.OTHERS, base_rows.OTHERS + count // 25, say)
    await base_rows.tidy_up(house.settings.database_url, tenant.schema)
    return contents


async def _measured(bench: _Bench) -> list[Figure]:
    found = [await _lists(bench, bench.sizes.rows)]
    found += await _imports(bench)
    found += await _exports(bench)
    bench.say("changing every tenth contact while a campaign dials")
    async with bench.beside.looking("bulk change"):
        found += figures.bulk(await bulk.change_while_dialing(bench.house, bench.client, bench.contents))
    found += figures.neighbour(bench.beside.times)
    if bench.sizes.large:
        bench.say(f"filling the base up to {LARGE:,} contacts")
        await base_rows.fill(bench.contents, 2 * bench.sizes.rows, LARGE, bench.say)
        await base_rows.tidy_up(bench.house.settings.database_url, bench.tenant.schema)
        found.append(await _lists(bench, LARGE, times=2))
    return found


async def _lists(bench: _Bench, contacts: int, times: float = 1) -> Figure:
    bench.say(f"list pages at {contacts:,} contacts")
    asked = mix.queries(bench.contents, bench.sizes.rows, bench.sizes.pages)
    pages = await lists.pages(bench.house, SLUG, asked)
    for took, query in pages.slowest:
        bench.say(f"  {1000 * took:.0f} ms: {query}")
    return figures.lists(contacts, pages, times)


async def _imports(bench: _Bench) -> list[Figure]:
    rows, house = bench.sizes.rows, bench.house
    new, known = house.home / "new.csv", house.home / "known.csv"
    file.write(new, file.mostly_new(rows, rows))
    file.write(known, file.all_known(rows, rows))
    uploaded, fresh = await _import(bench, new, "import")
    texts_s = await importing.searchable(fresh.id)
    bench.say("asking phonenumbers alone about every number")
    answers = exactness.ask_all(new)
    differences = await exactness.differences(fresh.id, answers)
    _, again = await _import(bench, known, "import of known people")
    copied = await bare.copied(house.settings.database_url, bench.tenant.schema, fresh.id, house.home)
    beside = figures.alone(copied, answers)
    return [
        *figures.imported("mostly new", fresh, figures.NEW_PER_SECOND, beside),
        *figures.imported("all known", again, figures.KNOWN_PER_SECOND, ""),
        figures.survey(uploaded.survey_s, fresh.view["rows"], fresh.differs_from(uploaded.survey)),
        figures.texts(texts_s, fresh.view["added"]),
        figures.exactness(differences),
    ]


async def _import(bench: _Bench, path: Any, during: str) -> tuple[importing.Uploaded, importing.Imported]:
    bench.say(f"{during}: {path.stat().st_size / 1e6:.0f} MB")
    uploaded = await importing.upload(bench.client, bench.contents.main, path)
    async with bench.beside.looking(during):
        return uploaded, await importing.confirm(bench.house, bench.client, uploaded)


async def _exports(bench: _Bench) -> list[Figure]:
    bench.say("exporting")
    chosen = {"base_id": str(bench.contents.main), "status": "new"}
    async with bench.beside.looking("export"):
        table = await exporting.export(bench.house, bench.client, "csv", chosen)
    sheet = await exporting.export(bench.house, bench.client, "xlsx", chosen)
    known = bench.house.settings.database_url, bench.tenant.schema
    bare_s = await bare.whole_table(*known, table.rows, bench.house.home / "bare.csv")
    return [figures.exported("CSV", table, bare_s), figures.exported("XLSX", sheet)]
