"""phonenumbers' answers, kept by the digits that settle them: the next number of the same beginning and length has the
same answer, but for the digits that follow.

Exactly what phonenumbers says, at a twentieth of its time: `phone_depths` tells how many digits settle an answer, and a
number for which it cannot tell is asked about each time. Process-wide and of bounded size.
"""

from functools import lru_cache
from typing import NamedTuple

from ringyard.kit.phone_answers import Phone, Unreadable, answer
from ringyard.kit.phone_depths import Unsettled, settling

SHORTEST, LONGEST = 6, 18
_MOST_ANSWERS = 50_000
_HEAD = 4
_LEAST_LEFT = 2


class _Shape(NamedTuple):
    """A number is `lead` and what stands in the cell from `cut` on."""

    lead: str
    cut: int
    region: str
    timezone: str
    kind: str


class _OfLength:
    """Answers for numbers of one length: by the digits that settle them, whose count is known by the first few."""

    __slots__ = ("answers", "counts")

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, ...]] = {}
        self.answers: dict[str, _Shape | Unreadable] = {}


class Memo:
    """Answers for local numbers of one country and for all international ones."""

    def __init__(self, country: str) -> None:
        self._country, self._kept = country, 0
        self._lengths = [_OfLength() for _ in range(LONGEST + 1)]

    def read(self, compact: str) -> Phone | Unreadable:
        """`compact` is `SHORTEST` to `LONGEST` characters: ASCII digits, perhaps with a + before them."""
        of_length = self._lengths[len(compact)]
        for count in of_length.counts.get(compact[:_HEAD], ()):
            known = of_length.answers.get(compact[:count])
            if known is not None:
                if isinstance(known, Unreadable):
                    return known
                lead, cut, region, timezone, kind = known
                return Phone(lead + compact[cut:], region, timezone, kind)
        return self._asked(compact, of_length)

    def _asked(self, compact: str, of_length: _OfLength) -> Phone | Unreadable:
        found = answer(compact, self._country)
        try:
            count = max(settling(compact, self._country, found), _HEAD)
        except Unsettled:
            return found
        known = _shape(compact, found)
        if known is not None and count <= len(compact) - _LEAST_LEFT:
            self._keep(compact, count, known, of_length)
        return found

    def _keep(self, compact: str, count: int, known: _Shape | Unreadable, of_length: _OfLength) -> None:
        if self._kept >= _MOST_ANSWERS:
            self._lengths, self._kept = [_OfLength() for _ in range(LONGEST + 1)], 0
            of_length = self._lengths[len(compact)]
        self._kept += 1
        of_length.answers[compact[:count]] = known
        counts = of_length.counts.get(compact[:_HEAD], ())
        if count not in counts:
            of_length.counts[compact[:_HEAD]] = (*counts, count)


@lru_cache(maxsize=16)
def memo(country: str) -> Memo:
    return Memo(country)


def _shape(compact: str, found: Phone | Unreadable) -> _Shape | Unreadable | None:
    """None where the number is not the end of what stands in the cell."""
    if isinstance(found, Unreadable):
        return found
    cut = next((at for at in range(len(compact)) if found.number.endswith(compact[at:])), len(compact))
    lead = found.number[: len(found.number) - (len(compact) - cut)]
    return _Shape(lead, cut, found.region, found.timezone, found.kind)
