"""What the bench makes of what it measured."""

import pytest

from ringyard.bench.figures import Figure, ms, percentile, table


def test_a_percentile_is_the_smallest_value_that_enough_do_not_pass() -> None:
    hundred = [float(value) for value in range(1, 101)]

    assert percentile(hundred, 0.5) == 50
    assert percentile(hundred, 0.99) == 99
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2
    assert percentile([7.0], 0.99) == 7


def test_nothing_measured_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_short_times_keep_a_decimal() -> None:
    assert ms(0.0034) == "3.4 ms"
    assert ms(0.5) == "500 ms"


def test_the_table_tells_which_limit_was_missed() -> None:
    lines = table(
        [Figure("slow", "1", "at least 2", kept=False), Figure("fast", "3"), Figure("ok", "2", "2", kept=True)]
    )

    assert "MISSED" in lines.splitlines()[2]
    assert "MISSED" not in lines.splitlines()[3]
    assert "kept" in lines.splitlines()[4]
