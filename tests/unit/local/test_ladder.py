"""Which rung of the ladder a service takes."""

import pytest

from ringyard.local.ladder import Rung, choose


@pytest.mark.parametrize(
    ("named", "on_machine", "cached", "root", "apt", "expected"),
    [
        (True, True, True, True, True, Rung.NAMED),
        (False, True, True, True, True, Rung.MACHINE),
        (False, False, True, True, True, Rung.CACHED),
        (False, False, False, True, True, Rung.APT),
        (False, False, False, False, True, Rung.CARRIED),
        (False, False, False, True, False, Rung.CARRIED),
    ],
)
def test_the_first_rung_that_holds_is_taken(
    named: bool, on_machine: bool, cached: bool, root: bool, apt: bool, expected: Rung
) -> None:
    assert choose(named=named, on_machine=on_machine, cached=cached, root=root, apt=apt) is expected
