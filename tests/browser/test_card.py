"""The client card before a person: everything by the keyboard, and nobody's work lost."""

from playwright.async_api import expect

from tests.browser.conftest import Visitor
from tests.support.browsing import Person
from tests.support.customers import Customer


async def made(acme: Customer, name: str) -> str:
    """The path of a new contact's card, in a base of its own."""
    base = await acme.post("/bases", name=f"Base of {name}")
    contact = await acme.post("/contacts", base_id=base["id"], name=name, phones=[{"number": "+48602777001"}])
    return f"/contacts/{contact['id']}"


async def test_a_fact_is_changed_by_the_keyboard_alone(admin: Person, acme: Customer) -> None:
    page = admin.page
    await admin.at("acme", await made(acme, "Keyboard"))
    await page.get_by_role("button", name="Change: E-mail").press("Enter")
    await expect(page.get_by_label("E-mail")).to_be_focused()
    await page.keyboard.type("no address")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Change: E-mail Add")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_label("E-mail").fill("ewa@example.com")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Change: E-mail ewa@example.com")).to_be_focused()
    await expect(page.locator("#changes")).to_contain_text("ewa@example.com")


async def test_a_comment_is_sent_by_control_and_enter(admin: Person, acme: Customer) -> None:
    page = admin.page
    await admin.at("acme", await made(acme, "Commented"))
    await page.get_by_label("New comment").fill("Зателефонувати після шостої")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".comment")).to_contain_text("Зателефонувати після шостої")
    await expect(page.get_by_label("New comment")).to_be_focused()
    await expect(page.get_by_label("New comment")).to_have_value("")


async def test_a_number_is_moved_up_and_the_handset_calls_the_first(admin: Person, acme: Customer) -> None:
    page = admin.page
    await admin.at("acme", await made(acme, "Numbers"))
    await page.get_by_role("button", name="Add number").click()
    await page.get_by_label("Phone number").fill("22 123 45 67")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="More for +48 22 123 45 67").click()
    await page.get_by_role("button", name="Move up").click()
    await expect(page.locator(".phone-list .number").first).to_have_text("+48 22 123 45 67")
    await page.reload()
    await expect(page.locator("#call-contact")).to_have_attribute("href", "tel:+48221234567")


async def test_from_one_contact_of_a_list_to_the_next(visitor: Visitor, acme: Customer) -> None:
    person = await visitor()
    await person.sign_in()
    base = await acme.post("/bases", name="Walked")
    for n in range(3):
        await acme.post("/contacts", base_id=base["id"], name=f"Walker {n}", phones=[{"number": f"+4860277710{n}"}])
    await person.at("acme", f"/bases/{base['id']}")
    await person.page.get_by_role("link", name="Walker 1").click()
    await person.page.get_by_role("link", name="Next contact of the list").click()
    await expect(person.page.get_by_role("heading", level=1)).to_contain_text("Walker 0")
    await person.page.get_by_role("link", name="Previous contact of the list").click()
    await expect(person.page.get_by_role("heading", level=1)).to_contain_text("Walker 1")
