"""How many of a number's first digits settle what phonenumbers says about every number as long. Pure.

Follows what phonenumbers does with a number: the international prefix, the country code, the national prefix, then the
patterns of each region and kind. Each step looks at digits from some place on; how far is asked of `digit_patterns`.
Where a step would rewrite digits instead of taking some away, there is no such count.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from phonenumbers.tzdata import TIMEZONE_DATA

from ringyard.kit.digit_patterns import Patterns, UnknownPattern
from ringyard.kit.phone_answers import Phone, Unreadable, may_lack_plus
from ringyard.kit.zones import country_zones

_LONGEST_CODE = 3
_KINDS = (
    "general_desc", "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail",
    "fixed_line", "mobile",
)  # fmt: skip


class Unsettled(Exception):
    """Only phonenumbers itself can say."""


def settling(compact: str, country: str, answer: Phone | Unreadable) -> int:
    """How many characters of `compact` (digits, perhaps a + before them) settle the `answer`. Raises Unsettled."""
    try:
        depth = _reading(compact, country)
        if may_lack_plus(compact):
            depth = max(depth, _reading("+" + compact, country) - 1)
    except UnknownPattern as error:
        raise Unsettled from error
    return max(depth, _zone(compact, answer)) if isinstance(answer, Phone) else depth


def _reading(compact: str, country: str) -> int:
    home = PhoneMetadata.metadata_for_region(country)
    if home is None:
        raise Unsettled
    shift = 1 if compact.startswith("+") else 0
    digits = compact[shift:]
    prefix, depth = (0, 0) if shift else _international_prefix(digits, home.international_prefix or "")
    if shift or prefix:
        code = _country_code(digits[prefix:])
        depth = max(depth, prefix + _LONGEST_CODE)
        starts = [prefix + len(code)]
    else:
        code = str(home.country_code)
        depth = max(depth, len(code))
        starts = [0, len(code)] if digits.startswith(code) else [0]
    plans = _plans(int(code), country)
    return shift + max(depth, *(_national(digits, start, plans) for start in starts))


def _international_prefix(digits: str, expression: str) -> tuple[int, int]:
    """How long it is, and how many digits settle that; none before a zero, with which no country code begins."""
    if not expression:
        return 0, 0
    depth = _starting(expression).settled(digits)
    found = re.match(expression, digits)
    if not found:
        return 0, depth
    depth = max(depth, found.end() + 1)
    return (0 if digits[found.end() :].startswith("0") else found.end()), depth


@lru_cache
def _starting(expression: str) -> Patterns:
    return Patterns([], [expression])


def _country_code(digits: str) -> str:
    for length in range(1, _LONGEST_CODE + 1):
        if not digits.startswith("0") and int(digits[:length] or 0) in COUNTRY_CODE_TO_REGION_CODE:
            return digits[:length]
    raise Unsettled


def _national(digits: str, start: int, plans: "_Plans") -> int:
    """From `start` on, and from where a national prefix may end, perhaps a second one."""
    depth, waiting, done = 0, [start], set[int]()
    while waiting:
        place = waiting.pop()
        done.add(place)
        number = digits[place:]
        depth = max(depth, place + plans.patterns.settled(number))
        ends = {place + _national_prefix(number, plan) for plan in plans.stripping}
        waiting += ends - done
    return depth


def _national_prefix(number: str, plan: PhoneMetadata) -> int:
    """How long it is. Raises Unsettled where it would be made into other digits."""
    found = re.match(plan.national_prefix_for_parsing or "", number)
    if found and plan.national_prefix_transform_rule and found.groups()[-1] is not None:
        raise Unsettled
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class _Plans:
    """`stripping` are the plans by which a national prefix is taken off."""

    patterns: Patterns
    stripping: tuple[PhoneMetadata, ...]


@lru_cache(maxsize=500)
def _plans(code: int, country: str) -> _Plans:
    """Of every region with this country code."""
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    found = [PhoneMetadata.metadata_for_region_or_calling_code(code, region) for region in regions]
    plans = [plan for plan in found if plan is not None]
    kinds = [getattr(plan, kind) for plan in plans for kind in _KINDS]
    wholes = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    stripping = [plan for plan in plans if plan.id in (regions[0], country) and plan.national_prefix_for_parsing]
    starts = [plan.leading_digits for plan in plans if plan.leading_digits]
    starts += [plan.national_prefix_for_parsing or "" for plan in stripping]
    return _Plans(_patterns(tuple(wholes), tuple(starts)), tuple(stripping))


@lru_cache(maxsize=500)
def _patterns(wholes: tuple[str, ...], starts: tuple[str, ...]) -> Patterns:
    return Patterns(wholes, starts)


def _zone(compact: str, phone: Phone) -> int:
    """As far as the table of time zones looks, where the country has several."""
    if len(country_zones().get(phone.region, ())) < 2:
        return 0
    digits, beginnings = phone.number[1:], _zone_beginnings()
    looked = next(length for length in range(1, len(digits) + 1) if digits[:length] not in beginnings)
    return len(compact) - len(digits) + looked


@lru_cache
def _zone_beginnings() -> frozenset[str]:
    return frozenset(key[:length] for key in TIMEZONE_DATA for length in range(1, len(key)))
