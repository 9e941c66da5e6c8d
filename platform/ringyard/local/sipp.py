"""SIPp, the peer that answers, rings out and rejects in the telephony tests and the bench."""

import shutil
from pathlib import Path

from ringyard.local import debs
from ringyard.local.cache import cache_folder, obtained
from ringyard.local.ladder import is_root

PACKAGE = "sip-tester"


def find_sipp() -> Path | None:
    found = shutil.which("sipp")
    unpacked = cache_folder() / PACKAGE / "run" / "sipp"
    return Path(found) if found else unpacked if unpacked.exists() else None


def sipp() -> Path:
    """The program's path, installed or unpacked first if need be. Raises LocalError."""
    if found := find_sipp():
        return found
    if is_root():
        debs.install(PACKAGE)
    else:
        obtained(PACKAGE, _fill)
    return find_sipp() or Path("sipp")


def _fill(folder: Path) -> None:
    debs.unpack(folder, [PACKAGE])
    debs.launcher(folder, "sipp", "usr/bin/sipp")
