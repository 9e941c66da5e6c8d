"""The user's cache never shows anything half-done."""

from pathlib import Path

import pytest

from ringyard.local.cache import cache_folder, obtained


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def fill(folder: Path) -> None:
    (folder / "program").touch()


def fail(folder: Path) -> None:
    fill(folder)
    raise OSError("the network went away")


def test_a_folder_is_filled_once() -> None:
    first = obtained("thing", fill)
    assert [path.name for path in first.iterdir()] == ["program"]
    assert obtained("thing", fail) == first


def test_a_failed_filling_leaves_nothing_behind() -> None:
    with pytest.raises(OSError, match="network"):
        obtained("thing", fail)
    assert [path.name for path in cache_folder().iterdir()] == ["thing.lock"]
    assert obtained("thing", fill).exists()
