"""What is written for a node, looked at without starting one."""

from dataclasses import replace
from pathlib import Path

import pytest

from pbx.node import IncompleteTreeError, LocalNode, NodeDatabase, NodePorts

DATABASE = NodeDatabase("/run/postgres", 5433, "ringyard", "asterisk", "a-database-password")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    libraries = tmp_path / "tree/usr/lib/x86_64-linux-gnu"
    (libraries / "asterisk/modules").mkdir(parents=True)
    (libraries / "ld-linux-x86-64.so.2").touch()
    (tmp_path / "tree/usr/sbin").mkdir()
    (tmp_path / "tree/usr/sbin/asterisk").touch()
    return tmp_path / "tree"


@pytest.fixture
def node(tree: Path, tmp_path: Path) -> LocalNode:
    return LocalNode("n1", tree, tmp_path / "n1", NodePorts(8088, 5060, 20000, 20999), "an-ari-password", DATABASE)


def _written(node: LocalNode) -> dict[str, str]:
    node.configure()
    return {path.name: path.read_text() for path in (node.folder / "etc").iterdir()}


def test_every_value_is_filled_in(node: LocalNode) -> None:
    files = _written(node)
    assert not [name for name, text in files.items() if "@{" in text]
    assert "bindport = 8088" in files["http.conf"]
    assert "bind = 127.0.0.1:5060" in files["pjsip.conf"]
    assert "password = an-ari-password" in files["ari.conf"]
    assert "dbpass = a-database-password" in files["res_pgsql.conf"]


def test_only_the_owner_reads_what_is_written(node: LocalNode) -> None:
    node.configure()
    node.configure()
    assert {path.stat().st_mode & 0o777 for path in (node.folder / "etc").iterdir()} == {0o600}
    assert (node.folder / "etc").stat().st_mode & 0o077 == 0


def test_without_a_database_nothing_is_read_from_one(node: LocalNode) -> None:
    files = _written(replace(node, database=None))
    for name in ("modules.conf", "sorcery.conf", "extconfig.conf"):
        lines = [line for line in files[name].splitlines() if not line.startswith(";")]
        assert not [line for line in lines if "realtime" in line or "pgsql" in line]


def test_a_node_runs_by_the_trees_own_loader_and_sees_no_foreign_environment(node: LocalNode, tree: Path) -> None:
    libraries = tree / "usr/lib/x86_64-linux-gnu"
    command = node.command()
    assert command[:3] == [str(libraries / "ld-linux-x86-64.so.2"), "--library-path", str(libraries)]
    assert command[3:] == [str(tree / "usr/sbin/asterisk"), "-C", str(node.folder / "etc/asterisk.conf"), "-f"]
    assert not [name for name in node.environment() if name.startswith(("RINGYARD", "PG", "LD_"))]


def test_a_tree_without_asterisk_says_what_is_missing(node: LocalNode, tree: Path) -> None:
    (tree / "usr/sbin/asterisk").unlink()
    with pytest.raises(IncompleteTreeError, match=r"usr/sbin/asterisk is missing"):
        node.command()
