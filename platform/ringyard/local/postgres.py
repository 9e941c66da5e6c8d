"""An own Postgres of this installation: which program runs it, how it is made, configured and reached."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import asyncpg

from ringyard.local import debs, embedded
from ringyard.local.faults import LocalError
from ringyard.local.ladder import Rung, choose, is_root

USER = "ringyard"
DATABASE = "ringyard"

# A development server: no memory to waste, many small pools, and no JIT, whose compiling costs more than it gains here.
_SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "password_encryption": "'scram-sha-256'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
}


def find_postgres() -> Path | None:
    """The folder of the newest `postgres` and `initdb` of the machine, else of the cache."""
    return _on_machine() or embedded.find_postgres()


def _on_machine() -> Path | None:
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    whole = [
        folder for folder in [*folders, *debian] if (folder / "initdb").exists() and (folder / "postgres").exists()
    ]
    return whole[0] if whole else None


def postgres() -> Path:
    """The folder of Postgres's programs, installed first if need be. Raises LocalError."""
    machine, carried = _on_machine(), embedded.find_postgres()
    rung = choose(
        named=False,
        on_machine=machine is not None,
        cached=carried is not None,
        root=is_root(),
        apt=_has_apt(),
    )
    if rung is Rung.APT:
        debs.install("postgresql")
    elif rung is Rung.CARRIED:
        embedded.carry()
    found = find_postgres()
    if found is None:
        raise LocalError("Postgres is not to be found after its installation: install postgresql yourself.")
    return found


def _has_apt() -> bool:
    return shutil.which("apt-get") is not None


def server_prefix(data: Path) -> list[str]:
    """What goes before the command, since Postgres refuses root: an ordinary user, chosen by setpriv.

    A home below `/root` is closed to that user; then the one capability to pass closed folders goes along.
    """
    if not is_root():
        return []
    user = _ordinary_user()
    command = [
        "setpriv",
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
    ]
    closed = not all(folder.stat().st_mode & 0o001 for folder in data.resolve().parents)
    return [*command, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"] if closed else command


def _ordinary_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LocalError("Postgres refuses to run as root and there is no user `nobody`: make one.")


def prepare(programs: Path, data: Path, password: str) -> None:
    """Make the data folder once, as the user who will run it (1 to 3 s). Raises LocalError."""
    if (data / "PG_VERSION").exists():
        _refuse_other_version(programs, data)
        return
    data.mkdir(parents=True, exist_ok=True)
    if is_root():
        user = _ordinary_user()
        os.chown(data, user.pw_uid, user.pw_gid)
    data.chmod(0o700)
    secret = _password_file(data, password)
    command = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        USER,
        "-A",
        "scram-sha-256",
        f"--pwfile={secret}",
    ]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    try:
        _run([*server_prefix(data), *map(str, command)])
    finally:
        secret.unlink()
    lines = "".join(f"{name} = {value}\n" for name, value in _SETTINGS.items())
    with (data / "postgresql.conf").open("a") as file:
        file.write(f"\n# Ringyard's own.\n{lines}")


def _password_file(data: Path, password: str) -> Path:
    """Beside the data, which must be empty; readable for the server's user only."""
    path = data.with_name("postgres-password")
    path.touch(mode=0o600)
    path.write_text(password)
    if is_root():
        user = _ordinary_user()
        os.chown(path, user.pw_uid, user.pw_gid)
    return path


def _refuse_other_version(programs: Path, data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    told = subprocess.run(
        [programs / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    if f" {made_by}." not in told and not told.strip().endswith(f" {made_by}"):
        raise LocalError(
            f"The data in {data} was made by Postgres {made_by}, but the machine has {told.strip()!r}: install "
            f"version {made_by} again, or remove that folder to begin anew."
        )


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise LocalError(f"Cannot make the Postgres data folder: {done.stderr.strip()}")


def command(programs: Path, data: Path, port: int, tied: bool) -> list[str]:
    """`tied`: the kernel ends the server with its starter. Changing the user drops that tie, so it is made anew."""
    prefix = server_prefix(data)
    tie = ["--pdeathsig", "TERM"] if prefix and tied else []
    return [*prefix, *tie, str(programs / "postgres"), "-D", str(data), "-p", str(port)]


def url(port: int, password: str, database: str = DATABASE) -> str:
    return f"postgresql://{USER}:{quote(password)}@127.0.0.1:{port}/{database}"


async def answers(address: str) -> bool:
    """Whether the server at this address takes a login now; makes our database on the way."""
    server = address.rpartition("/")[0] + "/postgres"
    try:
        connection = await asyncpg.connect(server, timeout=2)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    try:
        if not await connection.fetchval("select 1 from pg_database where datname = $1", DATABASE):
            await connection.execute(f'create database "{DATABASE}"')
    finally:
        await connection.close()
    return True
