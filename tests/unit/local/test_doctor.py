"""The doctor's words."""

import re
from pathlib import Path

from ringyard.local.doctor import verdict
from ringyard.local.findings import Finding
from ringyard.local.machine_checks import asterisk, disk_space, python_version


def test_all_is_well_only_without_any_fault() -> None:
    assert verdict([Finding("web", None, "here")]) == "All is well."
    assert verdict([Finding("web", "No answer: do this."), Finding("redis")]) == "1 of 2 parts need attention."


def test_a_fault_is_told_in_place_of_what_was_seen() -> None:
    assert re.fullmatch(r"FAULT +web +No answer: do this\.", Finding("web", "No answer: do this.", "x").line())
    assert re.fullmatch(r"ok +web +http://x", Finding("web", None, "http://x").line())


def test_a_service_named_in_the_environment_needs_no_program() -> None:
    assert asterisk(needed=False).fault is None


def test_this_machine_has_a_python_that_fits_and_room_in_a_home_yet_to_be_made(tmp_path: Path) -> None:
    assert python_version().fault is None
    assert "GiB free" in disk_space(tmp_path / "not" / "yet").seen
