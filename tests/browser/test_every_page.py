"""Every page can be read by everybody: clean by axe in light and dark, on a desk and on a phone, and quiet."""

import asyncio

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page

from tests.browser.conftest import Visitor
from tests.support.browsing import Person
from tests.support.customers import Customer
from tests.support.lookalikes import Seed

_LONG = "Дуже довга назва, яку хтось написав одним подихом і без жодної коми посередині її"
_UNBROKEN = "an-address-that-never-comes-to-its-end@nor-does-its-domain-come-to-any-end-soon.example"
_SEED = Seed("acme")
_KINDS = {
    "campaigns": "campaign",
    "scenarios": "scenario",
    "trunks": "trunk",
    "categories": "category",
    "custom-fields": "custom_field",
}
_PUBLIC = ("/login", "/forgotten")
_APEX = ("/", "/signup", "/workspace", "/mailbox", "/no-such-page")
_WITH_FORMS = (
    "contacts",
    "bases",
    "imports",
    "campaigns",
    "scenarios",
    "trunks",
    "agents",
    "categories",
    "outcomes",
    "custom-fields",
)
_LISTS = ("/audio", *(f"/{noun}" for noun in _WITH_FORMS))
_FORMS = tuple(f"/{noun}/new" for noun in _WITH_FORMS)
_ONE = (
    *(f"/{path}/{_SEED.id(kind)}" for path, kind in _KINDS.items()),
    f"/campaigns/{_SEED.id('campaign')}/edit",
    f"/contacts/{_SEED.id('contact')}",
    f"/contacts/{_SEED.id('contact')}/edit",
    f"/bases/{_SEED.id('base')}",
    f"/bases/{_SEED.id('base')}/edit",
    f"/bases/{_SEED.id('base')}/junk",
    f"/imports/{_SEED.id('import')}",
    f"/imports/{_SEED.id('import')}/junk",
    f"/outcomes/{_SEED.id('outcome')}",
    f"/agents/{_SEED.id('user', 'operator')}",
)
_CONTACT_BASE = (
    "/contacts?status=new&q=jan",
    "/contacts?q=nobody-has-this-name",
    f"/bases/{_SEED.id('base')}?q=kowalski",
    "/search?q=jan",
    "/searches",
    "/files",
    f"/files/{_SEED.id('import')}",
    "/import-templates",
    f"/import-templates/{_SEED.id('import_template')}",
    f"/imports/{_SEED.id('import')}/undo",
    f"/imports/{_SEED.id('import')}/stayed",
    f"/junk/{_SEED.id('junk')}",
    "/operations",
    f"/operations/{_SEED.id('operation')}",
    "/do-not-call",
    f"/do-not-call/imports/{_SEED.id('blocking')}",
    "/dialing-list",
    "/settings/dialing-limits",
    f"/contacts/{_SEED.id('contact')}/person",
    f"/erasures/{_SEED.id('erasure')}",
)
_REST = ("/", "/calls", "/calls?result=rejected", "/settings/tokens", "/profile", "/no-such-page")


@pytest.mark.parametrize("width", [1440, 390])
async def test_every_page_is_clean_in_light_and_dark(visitor: Visitor, acme: Customer, width: int) -> None:
    paths = (*_REST, *_LISTS, *_FORMS, *_ONE, *_CONTACT_BASE, *await _of_their_own(acme, f"{_LONG} {width}"))
    stranger, first, second = [await visitor(viewport={"width": width, "height": 900}) for _ in range(3)]
    for person in (first, second):
        await person.sign_in()
    apex, outside = stranger.settings.apex_url, stranger.settings.workspace_url
    found = await asyncio.gather(
        _flaws(stranger, [*map(apex, _APEX), outside("nobody"), *(outside("acme", path) for path in _PUBLIC)]),
        _flaws(first, [outside("acme", path) for path in paths[::2]]),
        _flaws(second, [outside("acme", path) for path in paths[1::2]]),
    )
    flaws = [flaw for of_one in found for flaw in of_one]
    assert not flaws, "\n".join(flaws)


async def _of_their_own(acme: Customer, long: str) -> list[str]:
    """Pages of things with names that are too long: an import before it is confirmed, a base, a contact."""
    base = await acme.post("/bases", name=long)
    contact = await acme.post(
        "/contacts", base_id=base["id"], name=long, email=_UNBROKEN, phones=[{"number": "+48602999999"}]
    )
    file = {"file": (f"{_UNBROKEN}.csv", f"{long};{_UNBROKEN};602999998\nx;y;z".encode())}
    upload = await acme.client.post("/imports", files=file, data={"base_id": base["id"]})
    assert upload.status_code == 201, upload.text
    return [f"/bases/{base['id']}", f"/contacts/{contact['id']}", f"/imports/{upload.json()['id']}"]


async def _flaws(person: Person, addresses: list[str]) -> list[str]:
    """What is wrong with each page, in words that name it."""
    found: list[str] = []
    for address in addresses:
        await person.page.emulate_media(color_scheme="light")
        await person.page.goto(address)
        found += [f"{address}: {flaw}" for flaw in [*await _by_axe(person.page), *await _too_wide(person.page)]]
        await person.page.emulate_media(color_scheme="dark")
        found += [f"{address} dark: {flaw}" for flaw in await _by_axe(person.page, ["color-contrast"])]
    return found


async def _by_axe(page: Page, only: list[str] | None = None) -> list[str]:
    """The broken rules with the elements that break them; `only` in the dark, where nothing but colours differs."""
    options = {"resultTypes": ["violations"], **({"runOnly": only} if only else {})}
    violations = (await Axe().run(page, options=options)).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]


async def _too_wide(page: Page) -> list[str]:
    wider = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wider} px wider than the window"] if wider > 0 else []
