"""What an answered call comes to: a prompt, a phone, another server; and its recording."""

import io
import math
import struct
import wave
from socket import SOCK_DGRAM
from typing import Any

import pytest

from pbx.endpoints import Phone, put_phone
from ringyard.local.ports import any_free
from tests.support.customers import Campaign, Customer, numbers
from tests.support.lookalikes import Seed
from tests.support.sip_peers import PhoneSet, peer
from tests.support.waiting import until

DEFAULT_S = 3.86
OWN_S = 1.0
PASSWORD = "phones-have-long-ones"


def tone(seconds: float) -> bytes:
    """A WAV file of 8 kHz."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        waves = (int(8000 * math.sin(n * 440 * 2 * math.pi / 8000)) for n in range(int(seconds * 8000)))
        out.writeframes(b"".join(struct.pack("<h", value) for value in waves))
    return file.getvalue()


async def calls_of(campaign: Campaign) -> list[Any]:
    await campaign.until_state("finished")
    await campaign.until_quiet()
    return await campaign.calls()


@pytest.fixture
async def phone(acme: Customer) -> PhoneSet:
    """The operator's phone, registered with the node."""
    number = await acme.db.fetchval("select number from users where id = $1", Seed("acme").id("user", "operator"))
    account = Phone(acme.tenant.number, number, acme.tenant.schema, "103", PASSWORD)
    async with acme.db.acquire() as connection:
        await put_phone(connection, account)
    node = acme.product.nodes["node1"].config.sip_address
    phone = PhoneSet(account.name, PASSWORD, node, any_free(SOCK_DGRAM))
    assert phone.registers()
    return phone


def to_operator() -> dict[str, str]:
    return {"kind": "extension", "target": str(Seed("acme").id("user", "operator"))}


async def test_terminate_hangs_up_at_once(acme: Customer) -> None:
    with peer("answers") as far_end:
        (call,) = await calls_of(await acme.campaign(numbers(1), far_end))
    assert call["result"] == "answered"
    assert call["talk_s"] < OWN_S * 2


async def test_the_built_in_prompt_plays_to_its_end(acme: Customer) -> None:
    with peer("answers") as far_end:
        playing = {"kind": "record", "target": "default"}
        calls = await calls_of(await acme.campaign(numbers(3), far_end, destination=playing))
    for call in calls:
        assert call["result"] == "answered"
        assert DEFAULT_S - 0.3 <= call["talk_s"] < DEFAULT_S + 5


async def test_an_uploaded_prompt_plays_to_its_end(acme: Customer) -> None:
    answer = await acme.client.post("/audio", files={"file": ("tone.wav", tone(OWN_S))}, data={"name": "A tone"})
    assert answer.status_code == 201, answer.text
    playing = {"kind": "record", "target": answer.json()["id"]}
    with peer("answers") as far_end:
        calls = await calls_of(await acme.campaign(numbers(2), far_end, destination=playing))
    for call in calls:
        assert call["result"] == "answered"
        assert OWN_S - 0.3 <= call["talk_s"] < DEFAULT_S - 0.3, "another file, or none, was played"


async def test_an_extension_takes_the_call(acme: Customer, phone: PhoneSet) -> None:
    with peer("answers") as far_end, peer("hangs_up", port=phone.port) as handset:
        (call,) = await calls_of(await acme.campaign(numbers(1), far_end, destination=to_operator()))
        assert len(handset.called()) == 1
    assert call["result"] == "answered"
    assert call["answered_at"] <= call["bridged_at"] <= call["ended_at"]


async def test_a_person_who_hangs_up_first_frees_the_phone(acme: Customer, phone: PhoneSet) -> None:
    with peer("hangs_up") as far_end, peer("rings", port=phone.port):
        (call,) = await calls_of(await acme.campaign(numbers(1), far_end, destination=to_operator()))
    assert (call["result"], call["bridged_at"]) == ("abandoned", None)


async def test_a_person_whom_no_phone_answers_is_abandoned(acme: Customer, phone: PhoneSet) -> None:
    with peer("answers") as far_end, peer("rings", port=phone.port) as handset:
        (call,) = await calls_of(await acme.campaign(numbers(1), far_end, destination=to_operator()))
        assert len(handset.called()) == 1
    assert (call["result"], call["bridged_at"]) == ("abandoned", None)
    assert call["talk_s"] >= 4, "the phone rang for as long as the scenario says"


async def test_a_person_for_whom_there_is_no_phone_is_abandoned(acme: Customer) -> None:
    nobody = {"kind": "extension", "target": str(Seed("acme").id("user", "developer"))}
    with peer("answers") as far_end:
        campaign = await acme.campaign(numbers(1), far_end, destination=nobody)
        (call,) = await calls_of(campaign)
    assert call["result"] == "abandoned"
    assert [row["reason"] for row in await campaign.targets()] == ["attempts_used"]


async def test_another_trunk_takes_the_call_with_the_called_number(acme: Customer) -> None:
    person = numbers(1)
    with peer("answers") as far_end, peer("hangs_up") as server:
        through = {"kind": "trunk", "target": await acme.trunk(server)}
        (call,) = await calls_of(await acme.campaign(person, far_end, destination=through))
        assert server.called() == far_end.called() == person
    assert call["result"] == "answered"
    assert call["bridged_at"] is not None


async def test_answered_calls_are_recorded_and_kept_for_their_own_workspace(acme: Customer, other: Customer) -> None:
    playing = {"kind": "record", "target": "default"}
    with peer("answers") as far_end:
        campaign = await acme.campaign(numbers(2), far_end, record=True, destination=playing)
        calls = await calls_of(campaign)

    async def kept() -> bool:
        return all(row["recording_id"] for row in await campaign.calls())

    await until(kept, 60, "the recordings are in the store")
    for call in calls:
        answer = await acme.client.get(f"/recordings/{call['id']}")
        assert answer.status_code == 200
        with wave.open(io.BytesIO(answer.content)) as recording:
            assert abs(recording.getnframes() / recording.getframerate() - call["talk_s"]) < 1.5
        assert (await other.client.get(f"/recordings/{call['id']}")).status_code == 404
    stored = await acme.db.fetch(
        "select file_key, size from recordings where call_id = any($1::uuid[])", [c["id"] for c in calls]
    )
    for row in stored:
        assert row["file_key"].startswith(acme.tenant.schema)
        assert (acme.product.settings.home / "objects" / row["file_key"]).stat().st_size == row["size"]


async def test_calls_that_nobody_answered_have_no_recording(acme: Customer) -> None:
    with peer("refuses", code=486) as far_end:
        campaign = await acme.campaign(numbers(1), far_end, record=True)
        await campaign.until_state("finished")
    assert [row["recording_id"] for row in await campaign.calls()] == [None]
