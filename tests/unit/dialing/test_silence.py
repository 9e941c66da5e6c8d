"""Counting calls that a trunk did not answer at all."""

from hypothesis import given
from hypothesis import strategies as st

from tenants.campaigns.ending import streak_after

results = st.lists(st.sampled_from(["trunk_silent", "busy", "answered", "no_answer"]), max_size=30)


def test_silent_calls_in_a_row_add_up_and_any_answer_ends_the_row() -> None:
    assert streak_after(3, ["trunk_silent", "trunk_silent"]) == 5
    assert streak_after(3, ["trunk_silent", "busy", "trunk_silent"]) == 1
    assert streak_after(3, ["busy"]) == 0
    assert streak_after(3, []) == 3


@given(st.integers(0, 50), results, results)
def test_it_does_not_matter_how_results_are_batched(streak: int, first: list[str], then: list[str]) -> None:
    assert streak_after(streak_after(streak, first), then) == streak_after(streak, first + then)
