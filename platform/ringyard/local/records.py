"""Which processes this home has started, kept in `<home>/run/NAME.json` for the supervisor that comes after a kill."""

import json
from dataclasses import asdict
from pathlib import Path

from ringyard.local.processes import Identity


class Records:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def write(self, name: str, identity: Identity) -> None:
        unfinished = self._folder / f"{name}.json.new"
        unfinished.write_text(json.dumps(asdict(identity)))
        unfinished.rename(self._folder / f"{name}.json")

    def remove(self, name: str) -> None:
        (self._folder / f"{name}.json").unlink(missing_ok=True)

    def all(self) -> dict[str, Identity]:
        return {path.stem: Identity(**json.loads(path.read_text())) for path in sorted(self._folder.glob("*.json"))}
