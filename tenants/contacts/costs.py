"""What the ways to a page of contacts cost, in microseconds of Postgres: mostly the pages on which rows lie. Pure.

Measured with a million contacts, a few times more than the shared buffers hold.
"""

import msgspec

_READ = {"name": 4.5, "created": 1.5, "modified": 4.0}
"""A row of the list in its order: its neighbours lie beside it (created) or anywhere."""

_LOOKED_UP = {"name": 9.0, "created": 4.0, "modified": 10.0}
"""What another table has to tell of that row."""

_LOOKED_UP_EARLY = 5.0
"""The same where the rows come as their pages lie."""

_FILTERED = 5.0
"""A row that the filters let through, on the way of gathering them."""

_FOUND, _FOUND_PAGE, _ON_A_PAGE = 2.0, 1.5, 60.0
"""A row that the text finds; a page of texts, once, and how many texts lie there."""

_FOLDED = 1.5
"""Sorting a filtered row by its folded name."""

_UNSURE = 2.0
"""Lookups one after the other until the page is full may be so many times more than expected."""


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts in all, in the piece of the list that is walked through (all unless given), those that the filters let
    through, and those that the text finds (if there is one).
    """

    by: str
    total: float
    by_filter: float
    by_text: float | None
    piece: float | None = None

    @property
    def filter_share(self) -> float:
        """Of the rows walked through. The piece of a walk by name says nothing of the filters."""
        return _share(self.by_filter, self.total if self.by == "name" else self.piece or self.total)

    @property
    def text_share(self) -> float:
        if self.by_text is None:
            return 1.0
        return _share(self.by_text, self.piece or self.total if self.by == "name" else self.total)

    @property
    def hit_share(self) -> float:
        """Of the rows walked through, those that filters and text let through."""
        by_text = self.total if self.by_text is None else self.by_text
        return _share(max(1.0, self.by_filter) * max(1.0, by_text) / max(1.0, self.total), self.piece or self.total)


def walking_cost(expected: Expected) -> float:
    """Of one row: what stands in it is checked first, and of those left what stands elsewhere."""
    looked_up = _LOOKED_UP[expected.by]
    if expected.by == "name":
        left = expected.text_share if expected.by_filter < expected.total else 0.0
    else:
        left = expected.filter_share if expected.by_text is not None else 0.0
    return _READ[expected.by] + left * looked_up


def gathering_cost(expected: Expected, from_text: bool, count: int) -> float:
    """Of all rows of the text, else of the filters, and of the lookups that are then needed."""
    rows, asked = _gathered(expected, from_text)
    if from_text:
        each = _FOUND + _FOUND_PAGE * min(1.0, expected.total / _ON_A_PAGE / max(1.0, rows))
        each += _LOOKED_UP["modified"] if expected.by == "modified" else 0.0
    else:
        each = _FILTERED + (_FOLDED if expected.by == "name" else 0.0)
    if asked is None:
        return rows * each
    if looked_up_early(expected, from_text, count):
        return rows * (each + _LOOKED_UP_EARLY)
    return rows * each + _UNSURE * count / asked * _LOOKED_UP["modified"]


def looked_up_early(expected: Expected, from_text: bool, count: int) -> bool:
    """Whether so few are met that most rows are looked up anyway: then before sorting, as their pages lie."""
    rows, asked = _gathered(expected, from_text)
    return asked is not None and _UNSURE * count / asked > rows / 2


def _gathered(expected: Expected, from_text: bool) -> tuple[float, float | None]:
    """The rows, and the share of them that lookups let through; None where nothing is to be looked up after sorting."""
    if not from_text:
        text = expected.by_text
        return expected.by_filter, None if text is None else _share(text, expected.total)
    filtered = expected.by != "modified" and expected.by_filter < expected.total
    return expected.by_text or 0.0, _share(expected.by_filter, expected.total) if filtered else None


def _share(some: float, of: float) -> float:
    return min(1.0, max(1.0, some) / max(1.0, of))
