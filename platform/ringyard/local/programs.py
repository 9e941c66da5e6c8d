"""Obtain programs by name: `python -m ringyard.local.programs postgres redis asterisk sipp chromium`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from ringyard.local.asterisk_tree import asterisk_tree
from ringyard.local.chromium import chromium
from ringyard.local.faults import LocalError
from ringyard.local.postgres import postgres
from ringyard.local.redis import redis
from ringyard.local.sipp import sipp

PROGRAMS: dict[str, Callable[[], Path]] = {
    "postgres": postgres,
    "redis": redis,
    "asterisk": asterisk_tree,
    "sipp": sipp,
    "chromium": chromium,
}
NAMED_BY = {
    "postgres": "RINGYARD_DATABASE_URL",
    "redis": "RINGYARD_REDIS_URL",
    "asterisk": "RINGYARD_NODES",
}


def obtain(names: list[str]) -> None:
    """Get each program, unless the environment names a running server in its place. Raises LocalError."""
    for name in names:
        if os.environ.get(NAMED_BY.get(name, "")):
            click.echo(f"{name}: the server named in {NAMED_BY[name]}")
        else:
            click.echo(f"{name}: {PROGRAMS[name]()}")


if __name__ == "__main__":
    try:
        obtain(sys.argv[1:])
    except LocalError as fault:
        sys.exit(f"ringyard: {fault}")
