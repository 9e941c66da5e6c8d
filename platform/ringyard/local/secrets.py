"""Secrets of one home, each made once: `<home>/secrets.json`, for the owner's eyes only."""

import json
import os
import secrets
from pathlib import Path


class Secrets:
    def __init__(self, home: Path) -> None:
        self._path = home / "secrets.json"
        self._known: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}

    def get(self, name: str) -> str:
        """The secret of this name (about 140 bits, safe in an address), made now if it is new."""
        if name not in self._known:
            self._known[name] = secrets.token_urlsafe(24)
            write_private(self._path, json.dumps(self._known, indent=1))
        return self._known[name]


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)
