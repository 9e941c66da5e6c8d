"""The environment, read once into one typed object.

An installation started by `ringyard up` leaves its settings in `<home>/ringyard.env`, so that any command run
with the same `RINGYARD_HOME` finds it. The process environment wins over that file.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict


class NodeSettings(BaseModel):
    """One Asterisk node as the controller and the worker reach it."""

    name: str
    ari_url: str
    ari_user: str = "ringyard"
    ari_password: str
    sip_host: str = "127.0.0.1"
    sip_port: int
    max_channels: int = 400
    max_cps: int = 80


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="RINGYARD_", extra="ignore")

    home: Path = Path(".run")
    port: int = 8000
    domain: str = "ringyard.localhost"
    scheme: str = "http"
    environment: str = "development"
    database_url: str = "postgresql://localhost/ringyard"
    """An administrator's address: makes roles and core tables; the product itself runs as `<database>_app`."""
    role_prefix: str | None = None
    database_pool_size: int = 10
    redis_url: str = "redis://localhost:6379/0"
    store_url: str | None = None
    """Where files are kept, as `s3://bucket/folder`; by default under the home folder."""
    secret_key: str = "only-for-development"  # noqa: S105 - `ringyard up` makes a real one
    nodes: list[NodeSettings] = []
    smtp_url: str | None = None
    mail_from: str = "Ringyard <no-reply@ringyard.localhost>"
    log_level: str = "INFO"

    def derived_secret(self, purpose: str) -> str:
        """A password or key for one purpose, made from the installation's secret (HMAC-SHA-256, hex, 192 bits).

        Not all of it: Asterisk's Postgres module cuts a password at 63 characters."""
        return hmac.new(self.secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:48]

    @property
    def database_name(self) -> str:
        return urlsplit(self.database_url).path.lstrip("/")

    def role_name(self, role: str) -> str:
        """Login roles are global to a Postgres server, so they carry the database's name."""
        return f"{self.role_prefix or self.database_name}_{role}"

    def role_url(self, role: str) -> str:
        """The database's address for one of our own login roles: `app`, `provision` or `asterisk`."""
        name = self.role_name(role)
        parts = urlsplit(self.database_url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{name}:{quote(self.derived_secret(f'role:{role}'))}@{host}"))

    def apex_url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.netloc(self.domain)}{path}"

    def workspace_url(self, slug: str, path: str = "/") -> str:
        return f"{self.scheme}://{self.netloc(f'{slug}.{self.domain}')}{path}"

    def netloc(self, host: str) -> str:
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


@lru_cache
def settings() -> Settings:
    home = Path(os.environ.get("RINGYARD_HOME", ".run")).absolute()
    return Settings(home=home, _env_file=home / "ringyard.env")  # type: ignore[call-arg]
