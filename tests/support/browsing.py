"""A person at a browser: one page of chromium, and all that it complained of.

What a page must never do (errors in the console, broken security policy, failed parts) is noted by itself.
"""

import re

from playwright.async_api import ConsoleMessage, Locator, Page, Response

from ringyard.kit.settings import Settings
from tests.support.lookalikes import PASSWORD, Seed
from tests.support.waiting import until

# A page that answers 404 or 422 on purpose is told of by `_answered`, which knows what was asked for.
WAIT_S = 20.0
_NOT_A_COMPLAINT = "Failed to load resource"


class Person:
    """`page` stands at nothing until it is sent somewhere."""

    def __init__(self, page: Page, settings: Settings) -> None:
        self.page = page
        self.settings = settings
        self.complaints: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._answered)

    async def at_apex(self, path: str = "/") -> None:
        await self.page.goto(self.settings.apex_url(path))

    async def at(self, slug: str, path: str = "/") -> Response:
        """The answer to a page of that workspace."""
        answer = await self.page.goto(self.settings.workspace_url(slug, path))
        assert answer is not None
        return answer

    async def sign_in(self, role: str = "admin", slug: str = "acme", password: str = PASSWORD) -> None:
        await self.at(slug, "/login")
        await self.fill(**{"Login or e-mail": Seed(slug).email(role), "Password": password})
        await self.press("Sign in")

    async def fill(self, **fields: str) -> None:
        """Fields of the open form by their labels."""
        for label, text in fields.items():
            await self.field(label).fill(text)

    async def choose(self, **fields: str) -> None:
        """Options by the words that are shown."""
        for label, option in fields.items():
            await self.field(label).select_option(label=option)

    def field(self, label: str) -> Locator:
        """Required ones carry a star."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))

    async def press(self, button: str, confirmed_by: str = "") -> None:
        """A button by its words, and the one of the question that follows, if it asks."""
        await self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        if confirmed_by:
            await self.page.get_by_role("dialog").get_by_role("button", name=confirmed_by).click()

    async def follow(self, link: str) -> None:
        await self.page.get_by_role("main").get_by_role("link", name=link, exact=True).click()

    def text(self, words: str) -> Locator:
        return self.page.get_by_role("main").get_by_text(words)

    def figure(self, label: str) -> Locator:
        """The value of a counter, by the words above it."""
        counter = self.page.locator(".counter", has=self.page.get_by_text(label, exact=True))
        return counter.locator(".counter-value")

    async def newest_mail_to(self, address: str) -> str:
        """Opens it in the development mailbox once it has come; gives its text."""
        row = self.page.get_by_role("row").filter(has_text=address).first

        async def came() -> bool:
            await self.at_apex("/mailbox")
            return await row.is_visible()

        await until(came, WAIT_S, f"a mail to {address}")
        await row.get_by_role("link").click()
        return await self.page.locator(".mail-text").inner_text()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _NOT_A_COMPLAINT not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in ("document", "xhr", "fetch"):
            self.complaints.append(f"{self.page.url}: {response.url} answered {response.status}")
