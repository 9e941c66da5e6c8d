"""Telling our own leftovers from strangers that were given the same number."""

import os
from dataclasses import replace

from ringyard.local.processes import Identity, alive, boot_id, family, identify, parse_stat

NOBODY = "RINGYARD_HOME=/nowhere"


def ourselves() -> Identity:
    identity = identify(os.getpid())
    assert identity
    return identity


def test_the_name_of_a_program_may_hold_brackets_and_spaces() -> None:
    fields = " ".join(["S", "1", "42", "41", *["0"] * 15, "987654", "0"])
    found = parse_stat(f"42 (a b) c) {fields}")
    assert (found.pid, found.state, found.session, found.started) == (42, "S", 41, 987654)


def test_a_running_process_is_known_again() -> None:
    assert alive(ourselves())


def test_the_same_number_with_another_start_time_is_a_stranger() -> None:
    stranger = replace(ourselves(), started=ourselves().started - 1)
    assert not alive(stranger)
    assert family(stranger, NOBODY) == []


def test_a_record_of_an_earlier_boot_names_nobody() -> None:
    earlier = replace(ourselves(), boot="another")
    assert not alive(earlier)
    assert family(earlier, NOBODY) == []


def test_a_number_that_nobody_has_names_nobody() -> None:
    assert identify(2**22 + 1) is None
    assert family(Identity(2**22 + 1, 1, boot_id()), NOBODY) == []
