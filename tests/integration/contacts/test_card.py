"""The client card: one screen, every fact changed where it stands."""

import re
from typing import Any

import pytest

from tests.conftest import Client
from tests.support.jobs import Recorder
from tests.support.lookalikes import NUMBERS, Seed

HTMX = {"HX-Request": "true"}


async def opened(client: Any, seed: Seed, path: str = "") -> str:
    answer = await client.get(f"/contacts/{seed.id('contact')}{path}", headers=HTMX if path else {})
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text


async def seen(client: Any, seed: Seed, name: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', await opened(client, seed, f"/facts/{name}/edit"))
    assert found
    return found[1]


async def saved(client: Any, seed: Seed, name: str, value: object, before: str | None = None) -> Any:
    typed = {"value": value, "seen": before or await seen(client, seed, name)}
    return await client.post(f"/contacts/{seed.id('contact')}/facts/{name}", data=typed, headers=HTMX)


async def test_everything_about_a_contact_is_on_one_screen(page_client: Client, seed: Seed) -> None:
    shown = await opened(await page_client("operator"), seed)
    for text in ("Jan Kowalski 1", "+48 601 000 001", "Europe/Warsaw", "Important", "crm-1", "Tariff", "Call after six",
                 "contract.pdf", "Autumn", "Anna Operator", "tel:+48601000001", "/consents"):  # fmt: skip
        assert text in shown, text


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("name", "Łukasz Żółć", "Łukasz Żółć"),
        ("email", "nowy@example.com", "mailto:nowy@example.com"),
        ("status", "callback", "Callback"),
        ("region", "UA", "Ukraine"),
        ("timezone", "Europe/Kyiv", "Europe/Kyiv"),
        ("external_id", "X-7", "X-7"),
        ("comment", "two\nlines", "two\nlines"),
        ("category_ids", [], "Add"),
        ("responsible_id", "", "Add"),
    ],
)
async def test_a_fact_is_changed_where_it_stands(
    page_client: Client, seed: Seed, name: str, value: object, shown: str
) -> None:
    client = await page_client("operator")
    answer = await saved(client, seed, name, value)
    assert answer.status_code == 200, answer.text
    assert answer.headers["hx-trigger"] == "contact-changed"
    assert shown in answer.text
    assert shown in await opened(client, seed, f"/facts/{name}")


async def test_a_fact_that_points_elsewhere_takes_what_exists(page_client: Client, seed: Seed) -> None:
    client = await page_client("operator")
    for name, kind, label in (("base_id", ("base", 2), "Prospects"), ("outcome_id", ("outcome", 1), "Agreed")):
        assert label in (await saved(client, seed, name, str(seed.id(*kind)))).text
    assert "Done" in await opened(client, seed, "/facts/status")
    refused = await saved(client, seed, "base_id", "nonsense")
    assert (refused.status_code, "Choose one." in refused.text) == (422, True)


async def test_an_own_field_is_checked_by_its_kind(page_client: Client, seed: Seed) -> None:
    client, name = await page_client("operator"), f"custom.{seed.id('custom_field')}"
    refused = await saved(client, seed, name, "C")
    assert (refused.status_code, "field&#39;s choices" in refused.text) == (422, True)
    assert ">A<" in (await saved(client, seed, name, "a")).text.replace("\n", "")


async def test_what_is_wrong_is_said_beside_the_fact_and_what_was_typed_stays(page_client: Client, seed: Seed) -> None:
    refused = await saved(await page_client("operator"), seed, "email", "no address")
    assert refused.status_code == 422
    assert "This is not an e-mail address." in refused.text
    assert 'value="no address"' in refused.text
    assert 'aria-invalid="true"' in refused.text


async def test_nobody_s_change_is_written_over_unseen(page_client: Client, seed: Seed) -> None:
    ours, theirs = await page_client("operator"), await page_client("admin")
    before = await seen(ours, seed, "name")
    await saved(theirs, seed, "email", "other@example.com")
    await saved(theirs, seed, "name", "Theirs")
    refused = await saved(ours, seed, "name", "Ours", before)
    assert refused.status_code == 409
    assert "Theirs" in refused.text
    assert 'value="Ours"' in refused.text
    again = re.search(r'name="seen" value="(\w+)"', refused.text)
    assert again
    assert (await saved(ours, seed, "name", "Ours", again[1])).status_code == 200


async def test_another_fact_s_change_stands_in_nobody_s_way(page_client: Client, seed: Seed) -> None:
    ours, theirs = await page_client("operator"), await page_client("admin")
    before = await seen(ours, seed, "name")
    await saved(theirs, seed, "email", "other@example.com")
    assert (await saved(ours, seed, "name", "Ours", before)).status_code == 200


async def phones(client: Any, seed: Seed, path: str = "", **typed: str) -> Any:
    return await client.post(f"/contacts/{seed.id('contact')}/phones{path}", data=typed, headers=HTMX)


async def listed(api: Client, seed: Seed) -> list[tuple[str, str, bool]]:
    contact = (await (await api("operator")).get(f"/contacts/{seed.id('contact')}")).json()
    return [(phone["number"], phone["kind"], phone["bad"]) for phone in contact["phones"]]


async def test_numbers_are_added_changed_moved_marked_and_removed(page_client: Client, api: Client, seed: Seed) -> None:
    client, new = await page_client("operator"), "+48221234567"
    assert (await phones(client, seed, number="22 123 45 67", kind="")).status_code == 200
    await phones(client, seed, old=new, number=new, kind="work")
    await phones(client, seed, "/up", number=new)
    await phones(client, seed, "/bad", number=NUMBERS[0])
    assert await listed(api, seed) == [(new, "work", False), (NUMBERS[0], "mobile", True)]
    await phones(client, seed, "/exists", number=NUMBERS[0])
    await phones(client, seed, "/remove", number=new)
    assert await listed(api, seed) == [(NUMBERS[0], "mobile", False)]


async def test_a_wrong_number_is_told_beside_it_and_the_last_one_stays(
    page_client: Client, api: Client, seed: Seed
) -> None:
    client = await page_client("operator")
    refused = await phones(client, seed, number="12", kind="")
    assert (refused.status_code, "too short" in refused.text, 'value="12"' in refused.text) == (422, True, True)
    assert (await phones(client, seed, "/remove", number=NUMBERS[0])).status_code == 422
    assert (await phones(client, seed, "/up", number="+48000000000")).status_code == 404
    assert len(await listed(api, seed)) == 1


async def test_a_comment_is_written_and_its_author_alone_may_change_it(page_client: Client, seed: Seed) -> None:
    client, path = await page_client("operator"), f"/contacts/{seed.id('contact')}/comments"
    written = await client.post(path, data={"text": "<b>Bold</b> letter"}, headers=HTMX)
    assert "&lt;b&gt;Bold&lt;/b&gt; letter" in written.text
    assert "Change comment" in written.text
    assert "Change comment" not in await opened(await page_client("supervisor"), seed)
    refused = await client.post(path, data={"text": " "}, headers=HTMX)
    assert (refused.status_code, "Write something first." in refused.text) == (422, True)


async def test_two_hundred_comments_come_page_by_page(page_client: Client, api: Client, seed: Seed) -> None:
    writer = await api("operator")
    for n in range(45):
        await writer.post(f"/contacts/{seed.id('contact')}/comments", json={"text": f"Letter {n}."})
    client, page, found = await page_client("operator"), await opened(await page_client("operator"), seed), []
    while True:
        found += re.findall(r"Letter (\d+)\.", page)
        more = re.search(r'hx-get="([^"]*comments\?cursor=[^"]+)"', page)
        if more is None:
            break
        page = (await client.get(more[1].replace("&amp;", "&"), headers=HTMX)).text
    assert found == [str(n) for n in reversed(range(45))]


async def test_a_file_goes_up_and_comes_down_to_be_saved(page_client: Client, seed: Seed) -> None:
    client, path = await page_client("operator"), f"/contacts/{seed.id('contact')}/documents"
    shown = await client.post(path, files={"file": ("umowa.pdf", b"%PDF", "application/pdf")}, headers=HTMX)
    link = re.search(r'href="(/contacts/[^"]+/documents/[^"]+)" download>umowa.pdf', shown.text)
    assert link
    answer = await client.get(link[1])
    assert (answer.content, answer.headers["content-type"]) == (b"%PDF", "application/octet-stream")
    assert (await client.post(f"{link[1]}/delete", headers=HTMX)).text.count("umowa.pdf") == 0


async def test_a_star_is_set_and_taken_away(page_client: Client, seed: Seed) -> None:
    client, path = await page_client("admin"), f"/contacts/{seed.id('contact')}/favourite"
    assert 'aria-pressed="true"' in (await client.post(path, data={"starred": "on"}, headers=HTMX)).text
    assert 'aria-pressed="true"' in await opened(client, seed)
    assert 'aria-pressed="false"' in (await client.post(path, headers=HTMX)).text


async def test_the_audit_says_names_in_the_place_of_ids(page_client: Client, seed: Seed) -> None:
    client = await page_client("admin")
    await saved(client, seed, "responsible_id", str(seed.id("user", "admin")))
    await saved(client, seed, f"custom.{seed.id('custom_field')}", "B")
    shown = await opened(client, seed, "/changes")
    for text in ("Anna Operator", "Anna Admin", "Responsible", "Tariff"):
        assert text in shown, text
    assert str(seed.id("user", "admin")) not in shown


async def test_why_it_is_not_called_is_a_sentence(page_client: Client, seed: Seed) -> None:
    shown = await opened(await page_client("operator"), seed, "/dialing")
    assert "The contact has answered, so the campaign is done with it." in shown


async def test_the_form_makes_a_contact_with_its_own_fields_and_kinds_of_numbers(
    page_client: Client, api: Client, seed: Seed
) -> None:
    client = await page_client("operator")
    typed = {"base_id": str(seed.id("base")), "name": "Ewa", "numbers": ["601 200 300", ""], "kinds": ["work", ""]}
    refused = await client.post("/contacts/new", data={**typed, "custom.tariff": "C"})
    assert (refused.status_code, "field&#39;s choices" in refused.text) == (422, True)
    made = await client.post("/contacts/new", data={**typed, "custom.tariff": "B"})
    contact = (await (await api("operator")).get(made.headers["location"])).json()
    assert contact["custom"] == {"tariff": "B"}
    assert [(phone["number"], phone["kind"]) for phone in contact["phones"]] == [("+48601200300", "work")]


async def test_the_form_of_everything_keeps_what_it_does_not_show(page_client: Client, api: Client, seed: Seed) -> None:
    client, writer = await page_client("operator"), await api("operator")
    path = f"/contacts/{seed.id('contact')}"
    await writer.patch(path, json={"custom": {"hidden": "kept", "tariff": "A"}})
    typed = {"base_id": str(seed.id("base")), "numbers": [NUMBERS[0]], "kinds": ["mobile"], "custom.tariff": ""}
    assert (await client.post(f"{path}/edit", data=typed)).status_code == 303
    assert (await writer.get(path)).json()["custom"] == {"hidden": "kept"}


async def test_a_contact_that_was_deleted_on_its_card_can_be_put_back(
    page_client: Client, api: Client, seed: Seed, jobs: Recorder
) -> None:
    client, reader = await page_client("supervisor"), await api("admin")
    path = f"/contacts/{seed.id('contact')}"
    operation = (await client.post(f"{path}/delete")).headers["location"]
    await jobs.carry_out("run_operation")
    assert (await reader.get(path)).status_code == 404
    assert "Put them back" in (await client.get(operation)).text
