"""A campaign from its parts to its report, with real calls of the sandbox carrier."""

from playwright.async_api import Locator, expect

from tests.support.browsing import WAIT_S, Person
from tests.support.customers import Customer
from tests.support.waiting import until


def _people() -> list[str]:
    """A minute of dialing. The sandbox carrier goes by the last two digits: below 40 answer, the seventies are busy."""
    ends = [(n, 39 - n, 70 + n % 10) for n in range(40)]
    return [f"+48602{4000 + row}{end:02d}" for row, three in enumerate(ends) for end in three]


async def test_a_campaign_is_made_of_its_parts_watched_live_paused_resumed_stopped_and_reported(
    admin: Person, acme: Customer
) -> None:
    base = await acme.get(f"/bases/{await acme.base(_people())}")
    await _make_a_scenario(admin)
    await _make_a_trunk(admin)
    await _make_a_campaign(admin, base["name"])
    await expect(_state(admin)).to_contain_text("Draft")

    await admin.press("Start", confirmed_by="Start")
    await expect(_state(admin)).to_contain_text("Running")
    await _it_moves_without_a_reload(admin, admin.figure("Attempts"))

    await admin.press("Pause", confirmed_by="Pause")
    await expect(_state(admin)).to_contain_text("Paused")
    await admin.press("Resume")
    await expect(_state(admin)).to_contain_text("Running")
    await admin.press("Stop", confirmed_by="Stop")
    await expect(_state(admin)).to_contain_text("Stopped")

    await admin.follow("All calls")
    await _the_report_comes_to_show(admin, "Busy")
    await _the_report_comes_to_show(admin, "Answered")
    await _a_recording_plays(admin)


async def test_the_dashboard_moves_by_itself(admin: Person, acme: Customer) -> None:
    campaign = await acme.campaign(_people(), None, max_cps=5)
    try:
        await _it_moves_without_a_reload(admin, admin.figure("Calls today"))
    finally:
        await campaign.do("stop")


async def _make_a_scenario(admin: Person) -> None:
    await admin.at("acme", "/scenarios/new")
    await admin.fill(Name="At any time", Start="00:00", End="24:00")
    for day in ("Sat", "Sun"):
        await admin.page.get_by_text(day, exact=True).click()
    await admin.press("Save scenario")
    await expect(admin.page.get_by_role("row").filter(has_text="At any time")).to_contain_text("Every day")


async def _make_a_trunk(admin: Person) -> None:
    await admin.at("acme", "/trunks/new")
    await admin.fill(Name="A trial network")
    await admin.choose(Kind="Sandbox carrier")
    await expect(admin.field("Host name or IP address")).to_be_hidden()
    await admin.press("Save trunk")
    await expect(admin.page.get_by_role("row").filter(has_text="A trial network")).to_be_visible()


async def _make_a_campaign(admin: Person, base: str) -> None:
    await admin.at("acme", "/campaigns/new")
    await admin.fill(Name="Dostawy — Доставки")
    await admin.choose(Base=base, Scenario="At any time", Trunk="A trial network")
    await admin.page.get_by_label("Record answered calls").check()
    await admin.press("Make campaign")
    await expect(admin.page.get_by_role("heading", name="Dostawy — Доставки")).to_be_visible()


def _state(admin: Person) -> Locator:
    return admin.page.get_by_role("heading", level=1)


async def _it_moves_without_a_reload(admin: Person, figure: Locator) -> None:
    await admin.page.evaluate("document.body.dataset.sameDocument = 'yes'")
    for _ in range(3):
        await expect(figure).not_to_have_text(await figure.inner_text())
    assert await admin.page.evaluate("document.body.dataset.sameDocument") == "yes"


async def _the_report_comes_to_show(admin: Person, words: str) -> None:
    line = admin.page.locator("#list tbody tr").filter(has_text=words).first
    await _reloaded_until(admin, line)
    await expect(line).to_contain_text("Dostawy — Доставки")


async def _a_recording_plays(admin: Person) -> None:
    play = admin.page.locator("[data-play]").first
    await _reloaded_until(admin, play)
    await play.click()
    audio = admin.page.locator("#player audio")

    async def moved() -> bool:
        return float(await audio.evaluate("audio => audio.currentTime")) > 0

    await until(moved, WAIT_S, "the recording plays")


async def _reloaded_until(admin: Person, wanted: Locator) -> None:
    async def there() -> bool:
        await admin.page.reload()
        return await wanted.is_visible()

    await until(there, WAIT_S, f"{wanted} after a reload")
