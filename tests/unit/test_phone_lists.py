"""The list of a contact's numbers after one is moved, changed, marked or removed."""

import pytest

from ringyard.kit.errors import NotFound
from tenants.contacts.fields import PhoneFields, PhoneView
from tenants.contacts.phone_lists import changed, marked, moved, removed

A, B, C = (f"+4860100000{n}" for n in (1, 2, 3))
PHONES = [PhoneView(number=number, kind="mobile", region="PL", timezone="", bad=False) for number in (A, B, C)]


def numbers(phones: list[PhoneFields]) -> list[str]:
    return [phone.number for phone in phones]


@pytest.mark.parametrize(
    ("number", "step", "after"), [(B, -1, [B, A, C]), (B, 1, [A, C, B]), (A, -1, [A, B, C]), (C, 1, [A, B, C])]
)
def test_a_number_moves_by_one_place_and_stops_at_the_ends(number: str, step: int, after: list[str]) -> None:
    assert numbers(moved(PHONES, number, step)) == after


def test_a_changed_number_keeps_its_place() -> None:
    after = changed(PHONES, B, PhoneFields(number="+48221234567", kind="work"))
    assert [(one.number, one.kind) for one in after] == [(A, "mobile"), ("+48221234567", "work"), (C, "mobile")]


def test_a_mark_is_set_on_one_number_only() -> None:
    assert [one.bad is True for one in marked(PHONES, B, True)] == [False, True, False]


def test_the_others_keep_their_order_when_one_goes() -> None:
    assert numbers(removed(PHONES, B)) == [A, C]


def test_a_number_that_somebody_else_took_away_is_not_found() -> None:
    with pytest.raises(NotFound):
        removed(PHONES, "+48")
    with pytest.raises(NotFound):
        moved(PHONES, "+48", 1)
    with pytest.raises(NotFound):
        marked(PHONES, "+48", True)
