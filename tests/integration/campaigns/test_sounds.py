"""Audio files and recordings: uploaded, converted, listened to in parts, and only in their own workspace."""

import io

import numpy
import pytest
import soundfile

from tests.conftest import Client
from tests.support.lookalikes import RECORDED, Seed


def tone(seconds: float = 1.0) -> bytes:
    target = io.BytesIO()
    wave = 0.4 * numpy.sin(numpy.arange(int(44100 * seconds)) * 2 * numpy.pi * 440 / 44100)
    soundfile.write(target, wave, 44100, format="OGG")
    return target.getvalue()


async def test_an_uploaded_sound_is_ready_at_once_as_telephony_wants_it(api: Client) -> None:
    client = await api("admin")
    made = await client.post("/audio", files={"file": ("hello.ogg", tone())}, data={"name": "Hello"})
    assert made.status_code == 201, made.text
    assert (made.json()["name"], made.json()["state"]) == ("Hello", "ready")
    sound = await client.get(f"/audio/{made.json()['id']}/file")
    with soundfile.SoundFile(io.BytesIO(sound.content)) as file:
        assert (file.samplerate, file.channels, file.subtype) == (8000, 1, "PCM_16")
    assert made.json()["duration_s"] == pytest.approx(1.0, abs=0.05)


async def test_a_file_without_a_name_keeps_its_own(api: Client) -> None:
    made = await (await api("admin")).post("/audio", files={"file": ("Welcome message.ogg", tone())})
    assert made.json()["name"] == "Welcome message"


async def test_a_file_that_is_no_sound_is_refused_beside_its_field(api: Client) -> None:
    client = await api("admin")
    answer = await client.post("/audio", files={"file": ("hello.mp3", b"<html>not a sound</html>" * 50)})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "file"
    assert len((await client.get("/audio")).json()["items"]) == 1


async def test_a_file_that_a_scenario_plays_is_kept_until_it_does_not(api: Client) -> None:
    client = await api("admin")
    audio = (await client.post("/audio", files={"file": ("a.ogg", tone())})).json()["id"]
    destination = {"kind": "record", "target": audio}
    scenario = (await client.post("/scenarios", json={"name": "Plays it", "destination": destination})).json()
    assert (await client.delete(f"/audio/{audio}")).status_code == 409
    await client.delete(f"/scenarios/{scenario['id']}")
    assert (await client.delete(f"/audio/{audio}")).status_code == 204
    assert (await client.get(f"/audio/{audio}/file")).status_code == 404


async def test_a_recording_is_heard_whole_and_in_parts(api: Client, seed: Seed, recording_files: None) -> None:
    client = await api("supervisor")
    at = f"/recordings/{seed.id('recording')}"
    whole = await client.get(at)
    assert (whole.status_code, whole.content, whole.headers["accept-ranges"]) == (200, RECORDED, "bytes")
    part = await client.get(at, headers={"Range": "bytes=4-99"})
    assert (part.status_code, part.content) == (206, RECORDED[4:100])
    assert part.headers["content-range"] == f"bytes 4-99/{len(RECORDED)}"
    past = await client.get(at, headers={"Range": f"bytes={len(RECORDED)}-"})
    assert (past.status_code, past.headers["content-range"]) == (416, f"bytes */{len(RECORDED)}")


async def test_a_recording_whose_file_is_gone_says_so(api: Client, seed: Seed) -> None:
    answer = await (await api("admin")).get(f"/recordings/{seed.id('recording')}")
    assert (answer.status_code, "no longer there" in answer.json()["detail"]) == (404, True)


async def test_another_workspaces_recording_is_not_found(
    api: Client, page_client: Client, other_seed: Seed, recording_files: None
) -> None:
    assert (await (await api("admin")).get(f"/recordings/{other_seed.id('recording')}")).status_code == 404
    assert (await (await page_client("admin")).get(f"/recordings/{other_seed.id('recording')}")).status_code == 404


async def test_an_operator_does_not_listen(api: Client, seed: Seed, recording_files: None) -> None:
    assert (await (await api("operator")).get(f"/recordings/{seed.id('recording')}")).status_code == 403
