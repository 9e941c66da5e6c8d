"""Which way to a page of contacts is tried next, by what each is expected to cost. Pure."""

from typing import Literal

import msgspec

from tenants.contacts.costs import Expected, gathering_cost, looked_up_early, walking_cost

_SHORT_WALK = 1_500
"""Rows a first walk looks at: what matches often is found by then, and what it met tells how often."""

_FEW = 2_000
"""So few candidates are gathered without a first walk."""

_IN_VAIN, _QUICK = 0.15, 5.0
"""Nor is there one where it is expected to meet less than this share of a page, and gathering costs less than so many
of it.
"""

_AMPLE, _AMPLE_WALK = 3.0, 1.6
"""A way may turn out so many times as long as expected before the next is tried."""

_BELIEVED = 300
"""What the planner expects counts as much as so many rows seen."""

_DOUBT = 4.0
"""A walk that has met nothing may go on for ever: it must look so much cheaper than gathering, whose cost is sure."""

_WORTH_A_TRY, _FAR = 0.2, 40_000
"""A walk may go on while it has cost less than this share of gathering, though not much further than so many rows."""

_MOST_TRIED = 3
"""After so many fences all are gathered, however many there are."""

Kind = Literal["walk", "filter", "text"]


class Way(msgspec.Struct, frozen=True):
    """`fence`: rows to look at before giving up; none for the last way of all. `early`: what another table has to tell
    of the gathered is looked up before they are sorted.
    """

    kind: Kind
    fence: int | None
    early: bool = False


class Outlook(Expected, frozen=True, kw_only=True):
    """And what walks have told: rows seen, contacts met."""

    seen: int = 0
    met: int = 0
    tried: int = 0

    @property
    def rows(self) -> dict[Kind, float]:
        """To be looked at on each way of gathering."""
        rows: dict[Kind, float] = {"filter": self.by_filter}
        if self.by_text is not None:
            rows["text"] = self.by_text
        return rows

    @property
    def density(self) -> float:
        """Matching contacts among those walked through: what was met, and as much of what is expected."""
        return (self.met + self.hit_share * _BELIEVED + 0.1) / (self.seen + _BELIEVED)

    def after(self, way: Way, looked_at: int, found: int) -> "Outlook":
        """Wiser by a way that came to its fence."""
        tried = msgspec.structs.replace(self, tried=self.tried + 1)
        if way.kind == "walk":
            return msgspec.structs.replace(tried, seen=looked_at, met=found)
        return msgspec.structs.replace(tried, **{f"by_{way.kind}": max(self.rows[way.kind], 4.0 * looked_at)})


def next_way(outlook: Outlook, count: int) -> Way:
    """`count` contacts are wanted."""
    costs = {kind: gathering_cost(outlook, kind == "text", count) for kind in outlook.rows}
    gathering = min(costs, key=lambda kind: costs[kind])
    early = looked_up_early(outlook, gathering == "text", count)
    if outlook.tried >= _MOST_TRIED:
        return Way(gathering, None, early)
    gather = Way(gathering, int(outlook.rows[gathering] * _AMPLE) + _SHORT_WALK, early)
    if not outlook.seen:
        return gather if _needs_no_walk(outlook, costs[gathering], count) else Way("walk", _SHORT_WALK)
    step, walk, doubt = walking_cost(outlook), count / outlook.density, 1.0 if outlook.met else _DOUBT
    further = int(max(walk * _AMPLE_WALK, min(costs[gathering] * _WORTH_A_TRY / step, _FAR))) + _SHORT_WALK
    if walk * step * doubt < costs[gathering] and further > 2 * outlook.seen:
        return Way("walk", further)
    return gather


def _needs_no_walk(outlook: Outlook, gathering: float, count: int) -> bool:
    if min(outlook.rows.values()) <= _FEW:
        return True
    in_vain = outlook.density * _SHORT_WALK < count * _IN_VAIN
    return in_vain and gathering < _QUICK * _SHORT_WALK * walking_cost(outlook)
