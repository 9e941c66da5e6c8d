"""An uploaded sound made into what telephony plays: 8 kHz, mono, 16 bit wav. Pure: bytes in, bytes out."""

import io
from dataclasses import dataclass

import numpy
import soundfile
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from ringyard.kit.errors import invalid
from ringyard.kit.text import _

RATE = 8000
LONGEST_S = 15 * 60
LARGEST = 30 * 1024 * 1024
_FORMATS = frozenset({"WAV", "WAVEX", "RF64", "FLAC", "OGG", "MP3", "MPEG"})
# A short loud file must not take more memory than a long quiet one: samples of all channels together.
_MOST_SAMPLES = LONGEST_S * 48_000 * 2
_LOUDEST = 0.98


@dataclass(frozen=True, slots=True)
class Prompt:
    wav: bytes
    duration_s: float


def prompt(uploaded: bytes) -> Prompt:
    """Raises Invalid (field `file`) saying what is wrong. Takes up to seconds of CPU: use a thread."""
    if not uploaded:
        raise invalid("file", _("The file is empty."))
    samples, rate = _read(uploaded)
    mono = samples.mean(axis=1, dtype=numpy.float32)
    sound = _within_bounds(mono if rate == RATE else soxr.resample(mono, rate, RATE))
    target = io.BytesIO()
    soundfile.write(target, sound, RATE, format="WAV", subtype="PCM_16")
    return Prompt(target.getvalue(), round(len(sound) / RATE, 3))


def _read(uploaded: bytes) -> tuple[NDArray[numpy.float32], int]:
    try:
        with soundfile.SoundFile(io.BytesIO(uploaded)) as file:
            _check(file)
            samples = file.read(dtype="float32", always_2d=True)
            return samples, file.samplerate
    except soundfile.LibsndfileError as error:
        raise invalid("file", _("This is not a sound file we can read. Use WAV, FLAC, OGG or MP3.")) from error


def _check(file: soundfile.SoundFile) -> None:
    if file.format not in _FORMATS:
        raise invalid("file", _("This is not a sound file we can read. Use WAV, FLAC, OGG or MP3."))
    if file.frames < file.samplerate / 10:
        raise invalid("file", _("The sound is shorter than a tenth of a second."))
    too_big = file.frames * file.channels > _MOST_SAMPLES
    if too_big or file.frames / file.samplerate > LONGEST_S:
        raise invalid("file", _("The sound is longer than {minutes} minutes.", minutes=LONGEST_S // 60))


def _within_bounds(sound: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
    """Resampling may overshoot; what would be cut off is made quieter as a whole."""
    peak = float(numpy.abs(sound).max())
    return sound * numpy.float32(_LOUDEST / peak) if peak > _LOUDEST else sound
