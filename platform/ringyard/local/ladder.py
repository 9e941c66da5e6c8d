"""The ladder every service climbs: the server named in the environment, the program on the machine, an installed one.

This page only decides; the modules of each program know where to look and how to install.
"""

import os
from enum import Enum


class Rung(Enum):
    NAMED = "the server named in the environment"
    MACHINE = "the program on the machine"
    CACHED = "the program set up before"
    APT = "installed by apt-get"
    CARRIED = "carried in the user's cache"


def choose(*, named: bool, on_machine: bool, cached: bool, root: bool, apt: bool) -> Rung:
    """The first rung that holds. `apt`: the package is one apt-get can install here."""
    if named:
        return Rung.NAMED
    if on_machine:
        return Rung.MACHINE
    if cached:
        return Rung.CACHED
    return Rung.APT if root and apt else Rung.CARRIED


def is_root() -> bool:
    return os.geteuid() == 0
