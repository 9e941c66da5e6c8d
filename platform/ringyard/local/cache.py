"""The user's cache folder: programs that were downloaded once and serve every checkout and home.

Nothing half-done is ever seen there: a folder is made under another name and renamed once it is whole, under a
lock, so that set-ups running side by side neither race nor do the work twice.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "ringyard"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`; waits for whoever holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def obtained(name: str, fill: Callable[[Path], None]) -> Path:
    """The folder `name` of the cache, made by `fill` in an empty folder if it is not there yet."""
    target = cache_folder() / name
    if target.exists():
        return target
    with locked(cache_folder() / f"{name}.lock"):
        if not target.exists():
            _make(target, fill)
    return target


def _make(target: Path, fill: Callable[[Path], None]) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=f"{target.name}.unfinished-", dir=target.parent))
    try:
        fill(unfinished)
        unfinished.chmod(0o755)
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
