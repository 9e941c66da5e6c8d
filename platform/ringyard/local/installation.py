"""What `ringyard up` leaves in `<home>/ringyard.env`: by it every command with the same home finds the installation."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from ringyard.kit.settings import NodeSettings, Settings, settings
from ringyard.local.secrets import Secrets, write_private


def home_folder() -> Path:
    return Path(os.environ.get("RINGYARD_HOME", ".run")).absolute()


def env_file(home: Path) -> Path:
    return home / "ringyard.env"


def env_text(values: dict[str, str]) -> str:
    """Lines of a dotenv file; single quotes keep every character as it is. Raises ValueError for a value with one."""
    for name, value in values.items():
        if "'" in value or "\n" in value:
            raise ValueError(f"RINGYARD_{name} holds a quote or a line break")
    return "".join(f"RINGYARD_{name}='{value}'\n" for name, value in values.items())


def save(
    home: Path, database_url: str, redis_url: str, smtp_url: str | None, nodes: Sequence[NodeSettings]
) -> Settings:
    """Write the file anew and return the settings as every part of this installation now reads them."""
    before = current(home)
    described = [node.model_dump(mode="json", exclude_defaults=True) for node in nodes]
    values = {
        "PORT": str(before.port),
        "DOMAIN": before.domain,
        "SECRET_KEY": Secrets(home).get("secret_key"),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "NODES": json.dumps(described),
    }
    if smtp_url:
        values["SMTP_URL"] = smtp_url
    write_private(env_file(home), env_text(values))
    return current(home)


def current(home: Path) -> Settings:
    """The settings read now: the environment, then the home's file."""
    os.environ["RINGYARD_HOME"] = str(home)
    settings.cache_clear()
    return settings()
