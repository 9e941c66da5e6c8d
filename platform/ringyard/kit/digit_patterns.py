"""How many digits of a number settle whether a regular expression takes it, found by walking the expression. Pure.

An expression is read into the small language that numbering plans use: digits and sets of digits, alternatives,
repeats, and an end. Its states are what may still follow; each is worked out once.
"""

import importlib
from collections.abc import Iterable
from typing import Any, NamedTuple

_parser: Any = importlib.import_module("re._parser")
DIGITS = "0123456789"


class UnknownPattern(Exception):
    """The expression has something that no numbering plan had so far."""


class _Digit(NamedTuple):
    among: frozenset[str]


class _Either(NamedTuple):
    branches: tuple["Rest", ...]


class _Repeat(NamedTuple):
    least: int
    most: int
    body: "Rest"


class _End(NamedTuple):
    mark: str = "$"


Rest = tuple[Any, ...]
"""What an expression still wants, part after part."""


class Pattern:
    """One expression over digits. States are numbers; 0 is the one from which nothing is taken any more."""

    def __init__(self, expression: str) -> None:
        start = frozenset([_rest(_parser.parse(expression))])
        self._rests: list[frozenset[Rest]] = [frozenset(), start]
        self._numbers = {rests: number for number, rests in enumerate(self._rests)}
        self._moves: dict[tuple[int, str], int] = {}
        self._whole: dict[tuple[int, int], bool | None] = {}
        self._further: dict[tuple[int, int], bool] = {}

    def outcome(self, state: int, left: int) -> bool | None:
        """Whether any `left` digits are taken; None where that depends on them."""
        if state == 0 or left == 0:
            return self._accepts(state, left)
        key = (state, left)
        if key not in self._whole:
            outcomes = {self.outcome(self.after(state, digit), left - 1) for digit in DIGITS}
            self._whole[key] = outcomes.pop() if len(outcomes) == 1 else None
        return self._whole[key]

    def goes_on(self, state: int, left: int) -> bool:
        """Whether the expression may take more than it has by now, `left` digits at most."""
        if state == 0 or left == 0:
            return False
        key = (state, left)
        if key not in self._further:
            after = [self.after(state, digit) for digit in DIGITS]
            self._further[key] = any(self._accepts(one, left - 1) or self.goes_on(one, left - 1) for one in after)
        return self._further[key]

    def _accepts(self, state: int, left: int) -> bool:
        return any(_may_be_over(rest, left) for rest in self._rests[state])

    def after(self, state: int, digit: str) -> int:
        key = (state, digit)
        if key not in self._moves:
            rests = frozenset(one for rest in self._rests[state] for one in _step(rest, digit))
            if rests not in self._numbers:
                self._numbers[rests] = len(self._rests)
                self._rests.append(rests)
            self._moves[key] = self._numbers[rests]
        return self._moves[key]


class Patterns:
    """Several expressions at once: some held against the whole of a number, others against its start."""

    def __init__(self, wholes: Iterable[str], starts: Iterable[str]) -> None:
        """Raises UnknownPattern."""
        self._wholes = [Pattern(expression) for expression in sorted(set(wholes))]
        self._starts = [Pattern(expression) for expression in sorted(set(starts))]
        self._open: dict[tuple[_Open, int, str], _Open] = {}
        self._first: dict[int, _Open] = {}

    def settled(self, digits: str) -> int:
        """After how many digits it is clear, for every number as long, what each expression makes of it.

        For those held against the start that is how much they take.
        """
        left = len(digits)
        if left not in self._first:
            everything = [(place, 1) for place in range(len(self._wholes) + len(self._starts))]
            self._first[left] = self._still_open(everything, left)
        states = self._first[left]
        while states:
            left -= 1
            states = self._next(states, left, digits[-left - 1])
        return len(digits) - left

    def _next(self, states: "_Open", left: int, digit: str) -> "_Open":
        key = (states, left, digit)
        if key not in self._open:
            after = [(place, self._pattern(place).after(state, digit)) for place, state in states]
            self._open[key] = self._still_open(after, left)
        return self._open[key]

    def _still_open(self, states: list[tuple[int, int]], left: int) -> "_Open":
        return tuple((place, state) for place, state in states if self._is_open(place, state, left))

    def _is_open(self, place: int, state: int, left: int) -> bool:
        if place < len(self._wholes):
            return self._wholes[place].outcome(state, left) is None
        return self._pattern(place).goes_on(state, left)

    def _pattern(self, place: int) -> Pattern:
        return self._wholes[place] if place < len(self._wholes) else self._starts[place - len(self._wholes)]


_Open = tuple[tuple[int, int], ...]
"""Expressions that are not settled yet, each with its state."""


def _rest(parsed: Any) -> Rest:
    return tuple(_part(str(kind), argument) for kind, argument in parsed)


def _part(kind: str, argument: Any) -> Any:
    match kind:
        case "LITERAL":
            return _Digit(frozenset(chr(argument)))
        case "IN":
            return _Digit(frozenset().union(*(_among(str(one), what) for one, what in argument)))
        case "BRANCH":
            return _Either(tuple(_rest(branch) for branch in argument[1]))
        case "SUBPATTERN":
            return _Either((_rest(argument[3]),))
        case "MAX_REPEAT":
            return _Repeat(int(argument[0]), int(argument[1]), _rest(argument[2]))
        case "AT" if str(argument) == "AT_END":
            return _End()
    raise UnknownPattern(kind)


def _among(kind: str, argument: Any) -> frozenset[str]:
    match kind:
        case "LITERAL":
            return frozenset(chr(argument))
        case "RANGE":
            return frozenset(chr(code) for code in range(argument[0], argument[1] + 1))
        case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
            return frozenset(DIGITS)
    raise UnknownPattern(kind)


def _step(rest: Rest, digit: str) -> set[Rest]:
    """What may follow after one more digit."""
    if not rest:
        return set()
    first, others = rest[0], rest[1:]
    match first:
        case _Digit(among):
            return {others} if digit in among else set()
        case _Either(branches):
            return {one for branch in branches for one in _step(branch + others, digit)}
        case _Repeat(least, most, body) if most > 0:
            again = (*body, _Repeat(max(least - 1, 0), most - 1, body), *others)
            return _step(again, digit) | (_step(others, digit) if least == 0 else set())
        case _Repeat():
            return _step(others, digit)
    return set()


def _may_be_over(rest: Rest, left: int) -> bool:
    """Whether nothing more is wanted, with `left` digits behind."""
    for part in rest:
        match part:
            case _Digit():
                return False
            case _Either(branches) if not any(_may_be_over(branch, left) for branch in branches):
                return False
            case _Repeat(least, _, body) if least > 0 and not _may_be_over(body, left):
                return False
            case _End() if left > 0:
                return False
    return True
