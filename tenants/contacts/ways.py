"""Which way to a page of contacts is tried next, by what each is expected to cost. Pure."""

from typing import Literal

import msgspec

_SHORT_WALK = 1_500
"""Rows a first walk looks at: what matches often is found by then, and what it met tells how often."""

_FEW = 2_000
"""So few candidates are gathered without a first walk."""

_AMPLE, _AMPLE_WALK = 2.5, 1.6
"""A way may turn out so many times as long as expected before the next is tried."""

_BELIEVED = 300
"""What the planner expects counts as much as so many rows seen."""

_DOUBT = 5.0
"""A walk that has met nothing may go on for ever: it must look so much cheaper than gathering, whose cost is sure."""

_WORTH_A_TRY, _FAR = 0.3, 40_000
"""A walk may go on while it has cost less than this share of gathering, though not much further than so many rows."""

_MOST_TRIED = 3
"""After so many fences all are gathered, however many there are."""

Kind = Literal["walk", "filter", "text"]


class Way(msgspec.Struct, frozen=True):
    """`fence`: rows to look at before giving up; none for the last way of all."""

    kind: Kind
    fence: int | None


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts in all, expected of the filters and of the text (if there is one), and what walks have told: rows seen,
    contacts met.
    """

    by: str
    total: float
    by_filter: float
    by_text: float | None
    seen: int = 0
    met: int = 0
    tried: int = 0

    @property
    def rows(self) -> dict[Kind, float]:
        """To be looked at on each way, for one contact in the page or for all of them."""
        rows: dict[Kind, float] = {"filter": self.by_filter}
        if self.by_text is not None:
            rows["text"] = self.by_text
        return rows

    @property
    def density(self) -> float:
        """Matching contacts among all: what was met, and as much of what is expected."""
        share = max(1.0, self.by_filter) * max(1.0, self.by_text or self.total) / max(1.0, self.total) ** 2
        return (self.met + min(1.0, share) * _BELIEVED + 0.1) / (self.seen + _BELIEVED)

    def after(self, way: Way, looked_at: int, found: int) -> "Outlook":
        """Wiser by a way that came to its fence."""
        tried = msgspec.structs.replace(self, tried=self.tried + 1)
        if way.kind == "walk":
            return msgspec.structs.replace(tried, seen=looked_at, met=found)
        return msgspec.structs.replace(tried, **{f"by_{way.kind}": max(self.rows[way.kind], 4.0 * looked_at)})


def next_way(outlook: Outlook, count: int) -> Way:
    """`count` contacts are wanted."""
    costs = _costs(outlook)
    if not outlook.seen and min(outlook.rows.values()) > _FEW:
        return Way("walk", _SHORT_WALK)
    gathering = min(outlook.rows, key=lambda one: outlook.rows[one] * costs[one])
    if outlook.tried >= _MOST_TRIED:
        return Way(gathering, None)
    walk, dear = count / outlook.density, outlook.rows[gathering] * costs[gathering]
    doubt = 1.0 if outlook.met else _DOUBT
    further = int(max(walk * _AMPLE_WALK, min(dear * _WORTH_A_TRY / costs["walk"], _FAR))) + _SHORT_WALK
    if outlook.seen and walk * costs["walk"] * doubt < dear and further > 2 * outlook.seen:
        return Way("walk", further)
    return Way(gathering, int(outlook.rows[gathering] * _AMPLE) + _SHORT_WALK)


def _costs(outlook: Outlook) -> dict[Kind, float]:
    """Microseconds a row: mostly the pages it lies on, the contact's and its text's, in order or anywhere."""
    if outlook.by_text is None:
        return {"walk": 8.0 if outlook.by == "name" else 4.0, "filter": 7.0 if outlook.by == "name" else 2.5}
    return {"walk": {"name": 2.5, "created": 4.0, "modified": 12.0}[outlook.by], "filter": 3.0, "text": 3.5}
