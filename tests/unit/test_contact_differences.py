"""What the audit keeps of a change, and how it is told to people."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from ringyard.web.change_lines import Line, is_creation, lines
from tenants.contacts.changes import ChangeView
from tenants.contacts.choices import ListChoices
from tenants.contacts.differences import difference
from tenants.contacts.fields import ContactView, PhoneView

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EWA, JAN, GOLD = (UUID(int=n) for n in (1, 2, 3))
A, B = "+48601000001", "+48601000002"
CHOICES = ListChoices(bases=[], groups=[], agents=[(EWA, "Ewa"), (JAN, "Jan")], categories={}, outcomes={})


def phone(number: str, kind: str = "mobile", bad: bool = False) -> PhoneView:
    return PhoneView(number=number, kind=kind, region="PL", timezone="Europe/Warsaw", bad=bad)


CONTACT = ContactView(
    id=UUID(int=9), name="Ewa", phones=[phone(A)], email="", region="PL", timezone="Europe/Warsaw", base_id=UUID(int=8),
    category_ids=[GOLD], responsible_id=EWA, outcome_id=None, status="new", comment="", external_id="",
    custom={"tariff": "A", "shoe": "42"}, import_id=None, created_at=AT, modified_at=AT,
)  # fmt: skip


def told(**fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return difference(CONTACT, replace(CONTACT, **fields))


def test_what_is_the_same_is_not_kept() -> None:
    assert told() == ({}, {})
    assert told(modified_at=datetime(2027, 1, 1, tzinfo=UTC)) == ({}, {})


def test_ids_and_nothing_are_plain_json() -> None:
    assert told(responsible_id=JAN, category_ids=[]) == (
        {"responsible_id": str(EWA), "category_ids": [str(GOLD)]},
        {"responsible_id": str(JAN), "category_ids": []},
    )
    assert told(responsible_id=None)[1] == {"responsible_id": None}


def test_of_own_fields_only_those_that_differ_are_kept() -> None:
    assert told(custom={"tariff": "B", "shoe": "42"}) == ({"custom": {"tariff": "A"}}, {"custom": {"tariff": "B"}})
    assert told(custom={"shoe": "42"}) == ({"custom": {"tariff": "A"}}, {"custom": {}})


def test_a_number_that_comes_tells_no_kind_and_a_kind_that_changes_tells_no_number() -> None:
    assert told(phones=[phone(A), phone(B)]) == ({"phones": [A]}, {"phones": [A, B]})
    assert told(phones=[phone(A, "work")]) == ({"phone_kinds": {A: "mobile"}}, {"phone_kinds": {A: "work"}})
    assert told(phones=[phone(A, bad=True)]) == ({"bad_numbers": []}, {"bad_numbers": [A]})


def test_a_change_of_numbers_and_of_a_kind_tells_both() -> None:
    before, after = told(phones=[phone(A, "work"), phone(B)])
    assert (before["phones"], after["phones"]) == ([A], [A, B])
    assert after["phone_kinds"][A] == "work"


def change(before: dict[str, Any], after: dict[str, Any]) -> ChangeView:
    return ChangeView(id=1, at=AT, source="user", user_id=EWA, operation_id=None, before=before, after=after)


def test_people_read_names_and_not_ids() -> None:
    one = change(
        {"responsible_id": str(EWA), "status": "new", "custom": {"tariff": "A"}, "category_ids": [str(GOLD)]},
        {"responsible_id": None, "status": "do_not_call", "custom": {"shoe": "42"}, "category_ids": []},
    )
    assert lines(one, CHOICES, {"tariff": "Tariff"}) == [
        Line("Responsible", "Ewa", ""),
        Line("Status", "New", "Do not call"),
        Line("Tariff", "A", ""),
        Line("shoe", "", "42"),
        Line("Categories", "(deleted)", ""),
    ]


def test_numbers_are_grouped_for_reading() -> None:
    (line,) = lines(change({"phone_kinds": {A: "mobile"}}, {"phone_kinds": {A: "їхній"}}), CHOICES, {})
    assert line == Line("Kind of number", "+48 601 000 001: Mobile", "+48 601 000 001: їхній")


def test_a_line_with_nothing_before_and_a_base_is_the_contact_s_beginning() -> None:
    assert is_creation(change(*difference(None, CONTACT)))
    assert not is_creation(change({"base_id": str(GOLD)}, {"base_id": str(EWA)}))
    assert not is_creation(change({}, {"phones": [A]}))
