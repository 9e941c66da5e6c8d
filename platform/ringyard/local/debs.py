"""Debian packages without root: apt resolves and downloads into a folder of its own, dpkg-deb unpacks.

apt keeps all its state in a private folder here, so neither root nor the machine's package lists are needed, and
signatures are still checked. With root, `install` is the plain apt-get.
"""

import os
import shlex
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ringyard.local.faults import LocalError

MULTIARCH = sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu"
LIBRARIES = tuple(
    f"{top}/{MULTIARCH}{sub}" for top in ("lib", "usr/lib") for sub in ("", "/pulseaudio", "/blas", "/lapack")
)
_MACHINE_STATUS = Path("/var/lib/dpkg/status")


def install(*packages: str) -> None:
    """Install with apt-get as root; waits up to five minutes for another apt. Raises LocalError."""
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    _run([*apt, "update"], doing="update the package lists")
    _run(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        doing=f"install {' '.join(packages)}",
    )


def unpack(target: Path, packages: Sequence[str], sources: str | None = None) -> None:
    """Unpack packages with all they need into `target`. Raises LocalError.

    With `sources` (lines of a sources.list) the tree is whole and independent of the machine; without, it comes
    from the machine's own suite and holds only what the machine lacks.
    """
    with TemporaryDirectory(prefix="ringyard-apt-") as folder:
        options = _private_apt(Path(folder), sources)
        wanted = " ".join(packages)
        _run(["apt-get", *options, "-q", "update"], doing="read the package lists")
        _run(
            ["apt-get", *options, "-q", "-y", "install", "--download-only", *packages],
            doing=f"download {wanted}",
        )
        for package in sorted(Path(folder, "cache", "archives").glob("*.deb")):
            _run(
                ["dpkg-deb", "--extract", str(package), str(target)],
                doing=f"unpack {package.name}",
            )


def _private_apt(folder: Path, sources: str | None) -> list[str]:
    for name in ("lists/partial", "cache/archives/partial", "log"):
        (folder / name).mkdir(parents=True)
    status = folder / "status"
    status.write_bytes(b"" if sources else _MACHINE_STATUS.read_bytes())
    settings = {
        "Dir::State": folder,
        "Dir::State::Lists": folder / "lists",
        "Dir::State::status": status,
        "Dir::Cache": folder / "cache",
        "Dir::Log": folder / "log",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "Acquire::Check-Valid-Until": "false",
        "Acquire::Languages": "none",
        "Debug::NoLocking": "1",
    }
    if sources:
        (folder / "sources.list").write_text(sources)
        settings |= {"Dir::Etc::sourcelist": folder / "sources.list"}
        settings |= {
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
        }
    return [f"-o{name}={value}" for name, value in settings.items()]


def launcher(tree: Path, name: str, program: str, environment: str = "") -> Path:
    """Write `tree/run/NAME`, a script that starts a program of the tree with the tree's own libraries."""
    script = tree / "run" / name
    script.parent.mkdir(exist_ok=True)
    path = ":".join(f'"$tree"/{folder}' for folder in LIBRARIES)
    lines = [
        "#!/bin/sh",
        'tree="$(dirname "$(dirname "$(readlink -f "$0")")")"',
        f"export LD_LIBRARY_PATH={path}",
    ]
    script.write_text("\n".join([*lines, environment, f'exec "$tree"/{shlex.quote(program)} "$@"', ""]))
    script.chmod(0o755)
    return script


def _run(command: Sequence[str], doing: str) -> None:
    environment = os.environ | {
        "DEBIAN_FRONTEND": "noninteractive",
        "LC_ALL": "C.UTF-8",
    }
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise LocalError(f"Cannot {doing}: this machine has no {command[0]}; install the program yourself.") from None
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise LocalError(f"Cannot {doing}: {' '.join(last)}")
