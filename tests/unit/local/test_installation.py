"""What an installation leaves for the commands that come after."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringyard.kit.settings import NodeSettings, settings
from ringyard.local.installation import env_text, save
from ringyard.local.secrets import Secrets

NODE = NodeSettings(name="node1", ari_url="http://127.0.0.1:1", ari_password="p", sip_port=5060)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("RINGYARD_HOME", str(tmp_path))
    for name in ("PORT", "DATABASE_URL", "REDIS_URL", "NODES", "SECRET_KEY", "SMTP_URL"):
        monkeypatch.delenv(f"RINGYARD_{name}", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_commands_with_the_same_home_read_what_was_saved(tmp_path: Path) -> None:
    saved = save(tmp_path, "postgresql://u:p@h:1/d", "redis://h:2/0", "smtp://h:3", [NODE])
    assert (saved.database_url, saved.redis_url, saved.smtp_url) == (
        "postgresql://u:p@h:1/d",
        "redis://h:2/0",
        "smtp://h:3",
    )
    assert saved.nodes == [NODE]
    assert saved.secret_key == Secrets(tmp_path).get("secret_key")


def test_the_port_of_the_last_start_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGYARD_PORT", "8123")
    save(tmp_path, "postgresql://h/d", "redis://h", None, [])
    monkeypatch.delenv("RINGYARD_PORT")
    settings.cache_clear()
    assert settings().port == 8123


def test_only_the_owner_may_read_the_secrets(tmp_path: Path) -> None:
    save(tmp_path, "postgresql://h/d", "redis://h", None, [])
    for name in ("ringyard.env", "secrets.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    first = Secrets(tmp_path).get("demo_password")
    assert Secrets(tmp_path).get("demo_password") == first
    assert Secrets(tmp_path).get("other") != first


def test_a_value_that_would_break_the_file_is_refused() -> None:
    with pytest.raises(ValueError, match="RINGYARD_X"):
        env_text({"X": "it's"})


def test_structured_values_survive_the_file() -> None:
    assert env_text({"NODES": json.dumps([{"a": '"'}])}) == 'RINGYARD_NODES=\'[{"a": "\\""}]\'\n'
