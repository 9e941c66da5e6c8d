"""From the apex to a workspace of one's own."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visitor
from tests.support.browsing import Person


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("acme", "This address is taken."),
        ("mailbox", "This address is reserved."),
        ("ab", "An address has 3 to 30 characters."),
    ],
)
async def test_an_address_that_cannot_be_had_is_told_of_while_it_is_typed(
    person: Person, address: str, sentence: str
) -> None:
    await person.at_apex("/signup")
    await person.field("Address of your workspace").press_sequentially(address)
    await expect(person.page.locator("#e-slug")).to_contain_text(sentence)


async def test_a_customer_signs_up_confirms_by_mail_and_stands_in_the_own_workspace(visitor: Visitor) -> None:
    person = await visitor()
    await person.at_apex()
    await person.page.get_by_role("link", name="Start free").first.click()
    await person.fill(
        **{"Your name": "Олена Шевченко", "Company": "Бджола i Spółka", "E-mail": "olena@bdzhola.example"},
        Password="a dozen of bees",
    )
    await person.field("Address of your workspace").press_sequentially("bdzhola")
    await expect(person.page.locator("#e-slug")).to_contain_text("is free")
    await person.press("Send me the link")
    await expect(person.text("We have sent a link to olena@bdzhola.example.")).to_be_visible()

    await person.newest_mail_to("olena@bdzhola.example")
    await person.page.locator(".mail-text a").click()
    await expect(person.page.get_by_role("heading", name="Setting up Бджола i Spółka")).to_be_visible()

    await person.page.wait_for_url(person.settings.workspace_url("bdzhola"))
    await expect(person.page.get_by_role("heading", name="Dashboard")).to_be_visible()
    await expect(person.page.get_by_role("button", name="Олена Шевченко")).to_be_visible()
    await expect(person.text("No bases yet")).to_be_visible()


async def test_a_mistake_in_the_form_stands_beside_its_field_and_what_was_typed_stays(person: Person) -> None:
    await person.at_apex("/signup")
    await person.fill(
        **{"Your name": "Jan", "Company": "Jan", "E-mail": "jan@example.com", "Address of your workspace": "acme"},
        Password="password1234",
    )
    await person.press("Send me the link")
    await expect(person.page.locator("#e-slug")).to_contain_text("This address is taken.")
    await expect(person.field("E-mail")).to_have_value("jan@example.com")
    await expect(person.field("Password")).to_have_value("")
