"""Rows become contacts or junk, and slices may be cut anywhere."""

from hypothesis import given
from hypothesis import strategies as st

from tenants.imports.payloads import payloads
from tenants.imports.plan import Duplicates, ImportPlan
from tenants.imports.records import Record
from tenants.imports.rows import RowReader
from tenants.imports.slices import Slice, slices

COLUMNS = ["name", "phone", "phone", "category", "custom:City"]


def plan(duplicates: Duplicates = "merge") -> ImportPlan:
    return ImportPlan(
        encoding="utf-8", delimiter=";", columns=COLUMNS, country="PL", header=False, duplicates=duplicates
    )


def cut(rows: list[list[str]], duplicates: Duplicates = "merge", skip: int = 0, size: int = 1000) -> list[Slice]:
    records = [Record(number, cells) for number, cells in enumerate(rows, 1)]
    return list(slices(records, RowReader(plan(duplicates), {}), duplicates, skip, size))


def test_a_bad_number_beside_a_good_one_is_junk_and_the_contact_enters() -> None:
    (only,) = cut([["Jan", "601 200 300", "abc", "VIP; Stały", "Łódź"]])
    assert [phone.number for phone in only.drafts[0].phones] == ["+48601200300"]
    assert only.drafts[0].categories == ["VIP", "Stały"]
    assert only.drafts[0].custom == {"City": "Łódź"}
    assert [(wrong.row, wrong.column, wrong.reason) for wrong in only.wrong] == [(1, 3, "letters")]


def test_a_row_without_a_number_or_with_too_many_cells_is_junk() -> None:
    (only,) = cut([["Jan", "", "", "", ""], ["Jan", "601200300", "", "", "", "more"], ["", "", "", "", ""]])
    assert [wrong.reason for wrong in only.wrong] == ["no_number", "too_many_cells"]
    assert (only.rows, only.drafts) == (2, [])


def test_a_shorter_row_is_read_as_far_as_it_goes() -> None:
    (only,) = cut([["Jan", "601200300"]])
    assert only.drafts[0].name == "Jan"


def test_the_same_number_twice_is_one_contact_unless_each_row_is_to_be_added() -> None:
    rows = [["Jan", "601200300", "", "", ""], ["", "+48 601 200 300", "601200301", "", "Łódź"]]
    (merged,) = cut(rows)
    assert merged.repeated == 1
    assert [phone.number for phone in merged.drafts[0].phones] == ["+48601200300", "+48601200301"]
    assert merged.drafts[0].custom == {"City": "Łódź"}
    (skipped,) = cut(rows, "skip")
    assert (len(skipped.drafts), len(skipped.drafts[0].phones)) == (1, 1)
    (added,) = cut(rows, "add")
    assert (len(added.drafts), added.repeated) == (2, 0)


def test_a_column_with_too_many_values_is_no_category() -> None:
    (only,) = cut([["Jan", f"60120{n:04d}", "", f"c{n}", ""] for n in range(300)])
    assert len(only.drafts) == 200
    assert {wrong.reason for wrong in only.wrong} == {"too_many_categories"}


@given(st.lists(st.sampled_from(["601200300", "abc", "", "601200301"]), max_size=30), st.integers(0, 30))
def test_a_run_that_goes_on_after_a_slice_reads_what_the_first_one_would_have(numbers: list[str], stop: int) -> None:
    rows = [[f"n{place}", number, "", f"c{place}", ""] for place, number in enumerate(numbers)]
    whole = [(draft.row, draft.categories) for piece in cut(rows, "add", size=7) for draft in piece.drafts]
    positions = [0, *(piece.position for piece in cut(rows, "add", size=7))]
    skip = positions[stop % len(positions)]
    again = [(draft.row, draft.categories) for piece in cut(rows, "add", skip, 7) for draft in piece.drafts]
    assert again == [draft for draft in whole if draft[0] > skip]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=5, max_size=5))
def test_any_text_travels_through_copy_on_one_line(cells: list[str]) -> None:
    from uuid import UUID

    cells[1] = "601200300"
    for piece in cut([cells]):
        contacts, phones, junk = payloads(piece, UUID(int=1), UUID(int=2))
        assert contacts.count(b"\n") == len(piece.drafts)
        assert junk.count(b"\n") == len(piece.wrong)
        assert phones.count(b"\t") == 5 * phones.count(b"\n")
