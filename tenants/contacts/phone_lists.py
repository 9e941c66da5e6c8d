"""The list of a contact's numbers after one of them is added, changed, moved or taken away. Pure.

A number is named by itself and not by its place, so that a list somebody else has changed is not taken for another.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from ringyard.kit.errors import NotFound
from ringyard.kit.text import _
from tenants.contacts.fields import PhoneFields, PhoneView


def as_fields(phones: Sequence[PhoneView]) -> list[PhoneFields]:
    return [PhoneFields(number=phone.number, kind=phone.kind) for phone in phones]


def changed(phones: Sequence[PhoneView], old: str, new: PhoneFields) -> list[PhoneFields]:
    """`new` in the place of `old`. Raises NotFound."""
    listed, place = as_fields(phones), _place(phones, old)
    return [*listed[:place], new, *listed[place + 1 :]]


def removed(phones: Sequence[PhoneView], number: str) -> list[PhoneFields]:
    """Raises NotFound."""
    listed, place = as_fields(phones), _place(phones, number)
    return [*listed[:place], *listed[place + 1 :]]


def moved(phones: Sequence[PhoneView], number: str, step: int) -> list[PhoneFields]:
    """`step` is -1 up and 1 down; at the end of the list nothing moves. Raises NotFound."""
    listed, place = as_fields(phones), _place(phones, number)
    other = min(max(place + step, 0), len(listed) - 1)
    listed[place], listed[other] = listed[other], listed[place]
    return listed


def marked(phones: Sequence[PhoneView], number: str, bad: bool) -> list[PhoneFields]:
    """Raises NotFound."""
    listed, place = as_fields(phones), _place(phones, number)
    listed[place] = replace(listed[place], bad=bad)
    return listed


def _place(phones: Sequence[PhoneView], number: str) -> int:
    for place, phone in enumerate(phones):
        if phone.number == number:
            return place
    raise NotFound(_("The contact no longer has this number."))
