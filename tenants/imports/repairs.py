"""What a wrong number was probably meant to be: a repair that people accept for all of its kind. Pure.

Proposed only where the result is a number that exists and nothing else is as likely.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """`kind` groups repairs that are accepted together, `proposal` is the number in E.164."""

    kind: str
    proposal: str


def repaired(text: str, reason: str, country: str) -> Repair | None:
    """`text` is the number as it stands in the cell, `country` the one that was to complete it."""
    return None
