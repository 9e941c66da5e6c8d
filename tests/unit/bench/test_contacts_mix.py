"""What the bench asks a list for."""

from uuid import UUID

from ringyard.bench.contacts.base_rows import Contents
from ringyard.bench.contacts.mix import SORTS, queries

_IDS = [UUID(int=number) for number in range(3)]
CONTENTS = Contents(_IDS[0], _IDS, _IDS, _IDS[0], _IDS, _IDS)


def test_the_questions_are_the_same_in_every_run() -> None:
    assert list(queries(CONTENTS, 1000, 100)) == list(queries(CONTENTS, 1000, 100))
    assert list(queries(CONTENTS, 1000, 100)) != list(queries(CONTENTS, 1000, 100, chance=8))


def test_filters_text_and_sorts_come_together() -> None:
    asked = list(queries(CONTENTS, 1000, 500))
    assert {one["sort"] for one in asked} == set(SORTS)
    assert {len(one.keys() - {"sort", "q"}) for one in asked} >= {0, 1, 2, 3}
    for name in ("q", "base_id", "category_id", "agent_id", "outcome_id", "status", "from", "region"):
        assert any(name in one for one in asked), name
