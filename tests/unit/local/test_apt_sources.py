"""Reading apt's sources in both of their forms."""

from pathlib import Path

import pytest

from ringyard.local.apt_sources import (
    Source,
    debian_mirror,
    machine_sources,
    parse_deb822,
    parse_one_line,
    suite_line,
)
from ringyard.local.faults import LocalError

KEY = "/usr/share/keyrings/some.gpg"
DEB822 = f"""\
# made by an installer
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: {KEY}

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""
MAIN = Source("http://mirror.example/debian", ("bookworm", "bookworm-updates"), ("main", "contrib"), KEY)


def test_a_stanza_becomes_a_source_and_a_disabled_one_does_not() -> None:
    assert parse_deb822(DEB822) == [
        MAIN,
        Source("http://mirror.example/debian-security", ("bookworm-security",), ("main",)),
    ]


def test_a_line_becomes_a_source_with_its_options() -> None:
    text = f"# a comment\ndeb [arch=amd64 signed-by={KEY}] http://m.example/debian bookworm main non-free # why\n"
    assert parse_one_line(text) == [Source("http://m.example/debian", ("bookworm",), ("main", "non-free"), KEY)]


def test_source_packages_are_no_source_of_programs() -> None:
    assert parse_one_line("deb-src http://m.example/debian bookworm main\n") == []


def test_the_mirror_is_the_main_archive_and_not_security_or_a_vendor() -> None:
    vendor = Source("http://vendor.example/debian", ("stable/x",), ("main",))
    security = Source("http://mirror.example/debian-security", ("bookworm-security",), ("main",))
    assert debian_mirror([vendor, security, MAIN]) == MAIN


def test_a_machine_without_a_mirror_is_told_what_to_do() -> None:
    with pytest.raises(LocalError, match=r"/etc/apt/sources\.list"):
        debian_mirror([Source("http://vendor.example/apt", ("stable",), ("main",))])


def test_another_suite_is_trusted_by_the_same_key() -> None:
    assert suite_line(MAIN, "sid") == f"deb [signed-by={KEY}] http://mirror.example/debian sid main\n"


def test_both_forms_are_found_in_the_machines_folder(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text("deb http://one.example/debian bookworm main\n")
    (tmp_path / "sources.list.d" / "debian.sources").write_text(DEB822)
    (tmp_path / "sources.list.d" / "old.list.save").write_text("deb http://no.example/debian bookworm main\n")
    assert [source.uri for source in machine_sources(tmp_path)] == [
        "http://one.example/debian",
        "http://mirror.example/debian",
        "http://mirror.example/debian-security",
    ]
