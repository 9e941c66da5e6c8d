"""The doctor on the machine itself: what set-up has made, and room to work."""

import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

from packaging.requirements import Requirement

from ringyard import web as web_package
from ringyard.kit.text import _
from ringyard.local.asterisk_tree import find_tree, version
from ringyard.local.chromium import find_chromium
from ringyard.local.findings import Finding
from ringyard.local.postgres import find_postgres
from ringyard.local.redis import find_redis
from ringyard.local.sipp import find_sipp

LEAST_FREE_BYTES = 2 * 1024**3
VENDOR = Path(web_package.__file__).parent / "static" / "vendor"


def machine_findings(home: Path, named: frozenset[str]) -> list[Finding]:
    """`named`: the services whose running server is named in the environment; no program is needed for those."""
    return [
        python_version(),
        python_packages(),
        page_assets(),
        _program("postgres program", find_postgres(), needed="postgres" not in named),
        _program("redis program", find_redis(), needed="redis" not in named),
        asterisk(needed="asterisk" not in named),
        _program("sipp", find_sipp(), target="setup-tests"),
        _program("chromium", find_chromium(), target="setup-tests"),
        disk_space(home),
    ]


def python_version() -> Finding:
    told = ".".join(map(str, sys.version_info[:3]))
    fault = None if sys.version_info >= (3, 11) else _("Python {told} is too old: install 3.11 or newer.", told=told)
    return Finding("python", fault, told)


def python_packages() -> Finding:
    needed = [Requirement(text) for text in requires("ringyard") or []]
    missing = [wanted.name for wanted in needed if not _installed(wanted)]
    fault = _("Missing or too old: {names}; run `make setup`.", names=", ".join(missing)) if missing else None
    return Finding("python packages", fault, _("{n} as required", n=len(needed)))


def _installed(wanted: Requirement) -> bool:
    if wanted.marker and not wanted.marker.evaluate():
        return True
    try:
        return wanted.specifier.contains(distribution(wanted.name).version, prereleases=True)
    except PackageNotFoundError:
        return False


def page_assets() -> Finding:
    whole = all((VENDOR / name).exists() for name in ("tabler.min.css", "htmx.min.js", "icons.svg"))
    return Finding("page assets", None if whole else _("The pages' files are missing: run `make setup`."), str(VENDOR))


def _program(part: str, path: Path | None, target: str = "setup", needed: bool = True) -> Finding:
    fault = None if path or not needed else _("Not found: run `make {target}`.", target=target)
    return Finding(part, fault, str(path or _("not needed: a server is named in the environment")))


def asterisk(needed: bool) -> Finding:
    tree = find_tree()
    told = f"{version(tree)} in {tree}" if tree else _("not needed: nodes are named in the environment")
    fault = (
        None if tree or not needed else _("No Asterisk 22: run `make setup`, or name one in RINGYARD_ASTERISK_TREE.")
    )
    return Finding("asterisk tree", fault, told)


def disk_space(home: Path) -> Finding:
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    told = f"{free / 1024**3:.1f} GiB free"
    tight = free < LEAST_FREE_BYTES
    return Finding("disk space", _("Only {told} at {home}: make room.", told=told, home=home) if tight else None, told)
