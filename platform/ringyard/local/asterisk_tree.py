"""Asterisk 22 as a folder: nodes start from it without root, chroot or system service.

Debian's stable suites have no Asterisk, so a whole tree (about 270 MB) of its unstable suite is unpacked into the
user's cache, from the machine's own mirror.
"""

import os
import re
import subprocess
from pathlib import Path

from ringyard.local import debs
from ringyard.local.apt_sources import debian_mirror, machine_sources, suite_line
from ringyard.local.cache import cache_folder, obtained
from ringyard.local.faults import LocalError

MAJOR = "22"
NAME = f"asterisk-{MAJOR}"
PACKAGES = ("asterisk", "asterisk-core-sounds-en-gsm")


def asterisk_tree() -> Path:
    """The root of a tree with Asterisk 22, unpacked first if need be (about 20 s). Raises LocalError."""
    return find_tree() or obtained(NAME, _fill)


def find_tree() -> Path | None:
    """`RINGYARD_ASTERISK_TREE`, else an Asterisk 22 of the machine, else the one in the cache."""
    if named := os.environ.get("RINGYARD_ASTERISK_TREE"):
        return Path(named)
    for tree in (Path("/"), cache_folder() / NAME):
        if version(tree).startswith(f"{MAJOR}."):
            return tree
    return None


def version(tree: Path) -> str:
    """The version of the tree's Asterisk, empty when there is none that starts."""
    program = tree / "usr/sbin/asterisk"
    libraries = tree / "usr/lib" / debs.MULTIARCH
    loaders = list(libraries.glob("ld-linux*.so.*"))
    if not program.exists() or not loaders:
        return ""
    command = [str(loaders[0]), "--library-path", str(libraries), str(program), "-V"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.match(r"Asterisk (\S+)", told)
    return found.group(1) if found else ""


def _fill(folder: Path) -> None:
    debs.unpack(folder, PACKAGES, suite_line(debian_mirror(machine_sources()), "sid"))
    if not version(folder).startswith(f"{MAJOR}."):
        raise LocalError(
            f"The mirror's Asterisk is not version {MAJOR}: name a tree with it in RINGYARD_ASTERISK_TREE."
        )
