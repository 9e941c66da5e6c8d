"""Any usual sound file becomes 8 kHz mono; anything else gets a sentence."""

import io

import numpy
import pytest
import soundfile

from ringyard.kit.errors import Invalid
from tenants.audio.converting import prompt


def tone(rate: int, seconds: float, channels: int, form: str) -> bytes:
    wave = 0.5 * numpy.sin(numpy.arange(int(rate * seconds)) * 2 * numpy.pi * 440 / rate)
    target = io.BytesIO()
    soundfile.write(target, numpy.stack([wave] * channels, axis=1), rate, format=form)
    return target.getvalue()


@pytest.mark.parametrize(
    ("form", "rate", "channels"), [("WAV", 44100, 2), ("FLAC", 48000, 1), ("OGG", 16000, 2), ("MP3", 44100, 1)]
)
def test_a_sound_becomes_8_khz_mono_16_bit_of_the_same_length(form: str, rate: int, channels: int) -> None:
    made = prompt(tone(rate, 1.5, channels, form))
    with soundfile.SoundFile(io.BytesIO(made.wav)) as file:
        assert (file.samplerate, file.channels, file.subtype) == (8000, 1, "PCM_16")
        loudest = numpy.abs(numpy.fft.rfft(file.read())).argmax() * 8000 / file.frames
    assert made.duration_s == pytest.approx(1.5, abs=0.1)
    assert loudest == pytest.approx(440, abs=2), "the tone keeps its pitch"


@pytest.mark.parametrize(
    ("uploaded", "says"),
    [
        (b"", "empty"),
        (b"not a sound at all" * 100, "sound file"),
        (tone(8000, 1, 1, "WAV")[:30], "sound file"),
        (tone(8000, 0.05, 1, "WAV"), "shorter"),
        (tone(8000, 16 * 60, 1, "WAV"), "longer"),
    ],
    ids=["empty", "text", "cut-off", "too-short", "too-long"],
)
def test_a_bad_file_gets_a_sentence_beside_its_field(uploaded: bytes, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        prompt(uploaded)
    assert says in refused.value.errors[0].message
    assert refused.value.errors[0].field == "file"
