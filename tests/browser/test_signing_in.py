"""In, out, and back in with a new password."""

import pytest
from playwright.async_api import expect

from tests.support.browsing import Person
from tests.support.lookalikes import PASSWORD, Seed


async def test_after_signing_out_the_pages_are_closed_again(admin: Person) -> None:
    await admin.page.get_by_role("button", name="Anna Admin").click()
    await admin.page.get_by_role("button", name="Sign out").click()
    await expect(admin.page.get_by_role("heading", name="Sign in to")).to_be_visible()
    await admin.at("acme", "/contacts")
    await expect(admin.page).to_have_url(admin.settings.workspace_url("acme", "/login?next=%2Fcontacts"))


@pytest.mark.parametrize("login", [Seed("acme").email("admin"), "nobody@example.com"])
async def test_a_wrong_password_and_an_unknown_login_are_answered_alike(person: Person, login: str) -> None:
    await person.at("acme", "/login")
    await person.fill(**{"Login or e-mail": login, "Password": "not the password"})
    await person.press("Sign in")
    await expect(person.page.get_by_role("alert")).to_have_text("Login or password is wrong.")
    await expect(person.field("Login or e-mail")).to_have_value(login)


async def test_a_forgotten_password_is_set_anew_by_a_link_in_a_mail(person: Person) -> None:
    login = Seed("acme").email("developer")
    await person.at("acme", "/login")
    await person.follow("I have forgotten my password")
    await person.fill(**{"Login or e-mail": login})
    await person.press("Send me the link")
    await expect(person.text("is on its way")).to_be_visible()

    await person.newest_mail_to(login)
    await person.page.locator(".mail-text a").click()
    await person.fill(**{"New password": "another dozen of letters"})
    await person.press("Set password and sign in")
    await expect(person.page.get_by_text("Your new password is set.")).to_be_visible()

    await person.page.context.clear_cookies()
    await person.sign_in("developer", password=PASSWORD)
    await expect(person.page.get_by_role("alert")).to_have_text("Login or password is wrong.")
    await person.sign_in("developer", password="another dozen of letters")
    await expect(person.page.get_by_role("heading", name="Dashboard")).to_be_visible()


async def test_an_operator_sees_only_what_an_operator_may(person: Person) -> None:
    await person.sign_in("operator")
    menu = person.page.get_by_role("navigation", name="Main").get_by_role("listitem")
    await expect(menu).to_have_text(["Dashboard", "Contacts", "Dialing list", "Bases", "Calls", "API tokens"])
    await expect(person.page.get_by_role("link", name="New campaign")).to_have_count(0)
    for path in ("/campaigns", "/trunks", "/imports/new", "/agents"):
        assert (await person.at("acme", path)).status == 403, path
    contact = f"/contacts/{Seed('acme').id('contact')}"
    await person.at("acme", contact)
    await expect(person.page.get_by_role("link", name="Edit")).to_be_visible()
    await expect(person.page.locator(f'form[action="{contact}/delete"]')).to_have_count(0)


async def test_an_unknown_subdomain_is_a_page_that_says_so(person: Person) -> None:
    answer = await person.at("nobody-here")
    assert answer.status == 404
    await expect(person.page.get_by_role("heading", name="There is no workspace here")).to_be_visible()
