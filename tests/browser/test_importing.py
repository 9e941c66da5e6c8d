"""A list from somebody's spreadsheet becomes contacts, and nothing enters unseen."""

from collections.abc import Sequence

from playwright.async_api import FilePayload, Locator, expect

from tests.support.browsing import Person

_FIRST = 602_300_000


def _file(name: str, rows: Sequence[str], encoding: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join(rows).encode(encoding)}


async def _upload(admin: Person, file: FilePayload, base: str) -> None:
    await admin.at("acme", "/imports/new")
    await admin.field("List with one contact a row").set_input_files(file)
    await admin.fill(**{"Or a new base": base})
    await admin.press("Upload and preview")
    await expect(admin.page.get_by_role("heading", name="Preview of the first rows")).to_be_visible()


def _cell(admin: Person, text: str) -> Locator:
    return admin.page.get_by_role("cell", name=text, exact=True)


async def test_a_cyrillic_list_is_previewed_changed_confirmed_and_its_junk_explained(admin: Person) -> None:
    rows = ["Ім’я;Телефон", "Іван Франко;050 123 45 67", "Леся Українка;0671234567", "Помилка;двадцять", "Без номера;"]
    await _upload(admin, _file("клієнти.csv", rows, "cp1251"), "Клієнти зі сходу")
    await expect(_cell(admin, "Іван Франко")).to_be_visible()

    await admin.choose(**{"Local numbers are from": "Ukraine"})
    await expect(admin.page.locator(".outcome-cell").first).to_contain_text("+380 50 123 4567")
    await expect(admin.page.locator(".wrong-cell")).to_have_text("двадцять")

    await admin.press("Import into “Клієнти зі сходу”")
    await expect(admin.page.get_by_role("heading", name="The import is done")).to_be_visible()
    await expect(admin.figure("Added")).to_have_text("2")
    await expect(admin.figure("Junk")).to_have_text("2")

    await admin.follow("Look at the junk")
    junk = admin.page.get_by_role("row")
    await expect(junk.filter(has_text="Помилка")).to_contain_text("The number has letters in it.")
    await expect(junk.filter(has_text="Без номера")).to_contain_text("The row has no phone number.")


async def test_polish_letters_of_windows_are_read_and_another_choice_redraws_the_preview(admin: Person) -> None:
    rows = ["imię,telefon", *(f"Józef Żółć {n},{_FIRST + n}" for n in range(3))]
    await _upload(admin, _file("klienci.csv", rows, "cp1250"), "Klienci z Łodzi")
    await expect(admin.field("Encoding")).to_have_value("windows-1250")
    await expect(_cell(admin, "Józef Żółć 0")).to_be_visible()
    await expect(_cell(admin, "imię")).to_have_count(0)

    await admin.choose(**{"First row": "Is a contact already"})
    await expect(_cell(admin, "imię")).to_be_visible()
    await admin.choose(**{"First row": "Names the columns"})
    await expect(_cell(admin, "imię")).to_have_count(0)
    await admin.press("Import into “Klienci z Łodzi”")
    await expect(admin.figure("Added")).to_have_text("3")

    await admin.follow("Open the base")
    await expect(admin.page.get_by_role("link", name="Józef Żółć 2")).to_be_visible()


async def test_the_progress_of_a_long_list_is_shown_while_it_enters(admin: Person) -> None:
    rows = [f"Person {n},+4860{n:07d}" for n in range(3_000_000, 3_020_000)]
    await _upload(admin, _file("long.csv", rows, "utf-8"), "A long list")
    await admin.press("Import into “A long list”")
    await expect(admin.page.get_by_role("heading", name="The rows are entering the base")).to_be_visible()
    await expect(admin.page.get_by_role("heading", name="The import is done")).to_be_visible()
    await expect(admin.figure("Added")).to_have_text("20,000")


async def test_a_column_is_mapped_by_dragging_a_role_onto_it(admin: Person) -> None:
    rows = [f"Person {n};{_FIRST + 100 + n};C-{n}" for n in range(3)]
    await _upload(admin, _file("mapped.csv", rows, "utf-8"), "Mapped by drag")
    third = admin.page.locator("#c-3")
    await expect(third).not_to_have_value("external_id")
    await admin.page.locator(".role-chip", has_text="Your own ID").drag_to(admin.page.locator("th[data-column]").nth(2))
    await expect(admin.page.locator("#survey")).to_contain_text("Counted over the whole file: 3 rows.")
    await expect(third).to_have_value("external_id")
    await third.select_option("skip")
    await expect(admin.page.locator("td.left-out").first).to_have_text("C-0")


async def test_a_file_that_is_no_text_is_refused_beside_its_field(admin: Person) -> None:
    await admin.at("acme", "/imports/new")
    picture: FilePayload = {"name": "cat.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(500)}
    await admin.field("List with one contact a row").set_input_files(picture)
    await admin.fill(**{"Or a new base": "Cats"})
    await admin.press("Upload and preview")
    await expect(admin.page.locator("#e-file")).to_contain_text("This file is not text.")
    await expect(admin.field("Or a new base")).to_have_value("Cats")
