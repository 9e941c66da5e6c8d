"""Which way to a page of contacts is tried, and that one of them always leads there."""

from hypothesis import given
from hypothesis import strategies as st

from tenants.contacts.ways import Outlook, Way, next_way

_SHARES = st.floats(0, 1)


def _outlook(total: float, by_filter: float, by_text: float | None, by: str = "modified") -> Outlook:
    return Outlook(by=by, total=total, by_filter=by_filter, by_text=by_text)


def test_few_are_gathered_at_once_from_where_there_are_fewer() -> None:
    assert next_way(_outlook(1e6, 1e6, 20), 51).kind == "text"
    assert next_way(_outlook(1e6, 20, 1e5), 51).kind == "filter"
    assert next_way(_outlook(1e6, 20, None), 51).kind == "filter"


def test_many_are_walked_through_and_the_walk_goes_on_while_it_meets_them() -> None:
    first = next_way(_outlook(1e6, 1e6, 2e5), 51)
    assert first.kind == "walk"
    met = _outlook(1e6, 1e6, 2e5).after(first, first.fence or 0, 40)
    assert next_way(met, 51).kind == "walk"


def test_a_walk_that_met_nothing_gives_way_to_gathering() -> None:
    outlook = _outlook(1e6, 1e6, 5000)
    outlook = outlook.after(next_way(outlook, 51), 1500, 0)
    assert next_way(outlook, 51).kind == "text"


@given(_SHARES, st.none() | _SHARES, st.sampled_from(["modified", "created", "name"]), st.integers(1, 501), st.data())
def test_after_some_fences_all_are_gathered(
    by_filter: float, by_text: float | None, by: str, count: int, data: st.DataObject
) -> None:
    outlook = _outlook(1e6, by_filter * 1e6, by_text if by_text is None else by_text * 1e6, by)
    tried: list[Way] = []
    while (way := next_way(outlook, count)).fence is not None:
        tried.append(way)
        outlook = outlook.after(way, way.fence, data.draw(st.integers(0, count - 1)))
    assert len(tried) <= 3
    assert way.kind != "walk"
    assert by_text is not None or "text" not in {one.kind for one in [*tried, way]}
