"""Chromium, the browser of the tests; no browser is ever downloaded by playwright itself."""

import shutil
from pathlib import Path

from ringyard.local import debs
from ringyard.local.cache import cache_folder, obtained
from ringyard.local.ladder import is_root

PACKAGES = ("chromium", "fonts-dejavu-core")
_FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">../usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def find_chromium() -> Path | None:
    unpacked = cache_folder() / "chromium" / "run" / "chromium"
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return Path(found) if found else unpacked if unpacked.exists() else None


def chromium() -> Path:
    """The browser's path, installed or unpacked first if need be. Raises LocalError."""
    if found := find_chromium():
        return found
    if is_root():
        debs.install(*PACKAGES)
    else:
        obtained("chromium", _fill)
    return find_chromium() or Path("chromium")


def _fill(folder: Path) -> None:
    debs.unpack(folder, PACKAGES)
    debs.launcher(
        folder,
        "chromium",
        "usr/lib/chromium/chromium",
        'export FONTCONFIG_FILE="$tree"/run/fonts.conf',
    )
    (folder / "run" / "fonts.conf").write_text(_FONTS)
