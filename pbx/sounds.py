"""Sounds that a node plays: the built-in ones and customers' prompts (made 8 kHz mono elsewhere)."""

from pathlib import Path

BUILT_IN_FOLDER = Path(__file__).parent / "config" / "sounds"
DEFAULT = BUILT_IN_FOLDER / "default.wav"
PLAYABLE_SUFFIXES = frozenset({".wav", ".alaw", ".gsm", ".sln"})


class NotPlayableError(ValueError):
    """The file's name cannot be played by a node."""


def media_uri(file: Path) -> str:
    """What ARI's play is given for an absolute path: Asterisk adds the suffix itself, and commas part a list of media.

    A node reads the file by this path when the playing starts. Raises NotPlayableError."""
    if not file.is_absolute() or file.suffix not in PLAYABLE_SUFFIXES or "," in str(file):
        raise NotPlayableError(str(file))
    return f"sound:{file.with_suffix('')}"
