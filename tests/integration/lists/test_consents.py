"""Consents of a contact: recorded with their proof, shown on the card, withdrawn."""

from datetime import timedelta

from ringyard.kit.clock import now
from tests.conftest import Client
from tests.support.lookalikes import NUMBERS, Seed


async def test_a_consent_is_recorded_with_source_time_text_and_proof(api: Client, seed: Seed) -> None:
    client, path = await api("operator"), f"/contacts/{seed.id('contact', 2)}"
    proof = (await client.post(f"{path}/documents", files={"file": ("signed.pdf", b"%PDF")})).json()["id"]
    body = {"source": "Letter", "text": "Offers", "given_at": "2026-11-01T10:00:00+01:00", "document_id": proof}
    made = await client.post(f"{path}/consents", json=body)
    assert made.status_code == 201, made.text
    [shown] = (await client.get(f"{path}/consents")).json()["items"]
    assert (shown["source"], shown["given_at"], shown["document_name"]) == (
        "Letter", "2026-11-01T09:00:00Z", "signed.pdf",
    )  # fmt: skip


async def test_what_cannot_be_is_refused_beside_its_field(api: Client, seed: Seed) -> None:
    client, path = await api("admin"), f"/contacts/{seed.id('contact', 2)}/consents"
    elsewhere = (
        await client.post(f"/contacts/{seed.id('contact', 3)}/documents", files={"file": ("a.txt", b"a")})
    ).json()["id"]
    wrong = {
        "source": {"source": " "},
        "given_at": {"source": "x", "given_at": (now() + timedelta(days=1)).isoformat()},
        "document_id": {"source": "x", "document_id": elsewhere},
    }
    for field, body in wrong.items():
        answer = await client.post(path, json=body)
        assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


async def test_withdrawing_may_put_the_numbers_on_the_list_and_happens_once(api: Client, seed: Seed) -> None:
    client, path = await api("operator"), f"/contacts/{seed.id('contact')}/consents/{seed.id('consent')}/withdraw"
    withdrawn = await client.post(path, json={"do_not_call": True})
    assert withdrawn.json()["withdrawn_at"] is not None
    found = (await client.get("/do-not-call", params={"q": NUMBERS[0]})).json()["items"]
    assert [one["reason"] for one in found] == ["Consent withdrawn"]
    assert (await client.post(path, json={})).status_code == 409


async def test_the_card_s_section_adds_and_withdraws_in_place(page_client: Client, seed: Seed) -> None:
    client, path = await page_client("operator"), f"/contacts/{seed.id('contact', 2)}/consents"
    htmx = {"hx-request": "true"}
    assert "No consent is recorded" in (await client.get(path, headers=htmx)).text
    refused = await client.post(path, data={"source": "", "text": "Offers"}, headers=htmx)
    assert (refused.status_code, "Say where" in refused.text, "Offers" in refused.text) == (422, True, True)
    typed = {"source": "Telefon", "given_at": "2026-11-01T10:00", "text": "Oferty"}
    added = await client.post(path, data=typed, files={"proof": ("zgoda.pdf", b"%PDF")}, headers=htmx)
    assert added.status_code == 200
    assert "zgoda.pdf" in added.text
    consent_id = added.text.partition("/consents/")[2].partition("/withdraw")[0]
    gone = await client.post(f"{path}/{consent_id}/withdraw", data={}, headers=htmx)
    assert "Withdrawn" in gone.text
