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


def flagged(rows: list[list[str]], policy: Duplicates, size: int, skip: int = 0) -> list[tuple[int, bool, set[str]]]:
    pieces = cut(rows, policy, skip, size)
    return [(one.row, one.again, {p.number for p in one.phones}) for piece in pieces for one in piece.drafts]


FEW = st.sampled_from(["601200300", "601200301", "601200302", "601200303", "abc", ""])
ROWS = st.lists(st.tuples(FEW, FEW), max_size=20).map(lambda rows: [["n", one, two, "", ""] for one, two in rows])


@given(ROWS, st.integers(1, 20))
def test_what_is_left_out_for_a_row_further_up_does_not_hang_on_where_slices_end(
    rows: list[list[str]], size: int
) -> None:
    assert flagged(rows, "skip", size) == flagged(rows, "skip", 1000)
    left_out = [sum(piece.repeated for piece in cut(rows, "skip", size=one)) for one in (size, 1000)]
    assert left_out[0] == left_out[1]


@given(ROWS, st.integers(1, 20))
def test_who_is_met_again_in_a_later_slice_is_marked_and_nobody_else(rows: list[list[str]], size: int) -> None:
    once = [row for row, _, _ in flagged(rows, "merge", 1000)]
    pieces = cut(rows, "merge", size=size)
    assert [one.row for piece in pieces for one in piece.drafts if not one.again] == once
    again = sum(one.again for piece in pieces for one in piece.drafts)
    assert again + sum(piece.repeated for piece in pieces) == sum(piece.repeated for piece in cut(rows, "merge"))


@given(ROWS, st.integers(1, 6), st.sampled_from(["merge", "skip"]), st.integers(0, 20))
def test_after_a_restart_the_same_rows_are_met_again(
    rows: list[list[str]], size: int, policy: Duplicates, stop: int
) -> None:
    positions = [0, *(piece.position for piece in cut(rows, policy, size=size))]
    skip = positions[stop % len(positions)]
    rest = [one for one in flagged(rows, policy, size) if one[0] > skip]
    assert flagged(rows, policy, size, skip) == rest


def test_own_fields_are_kept_in_their_form_and_a_wrong_value_is_junk_beside_its_contact() -> None:
    kinds = {"city": ("choice", ("Łódź", "Gdynia"))}
    rows = [["Jan", "601200300", "", "", "łódź"], ["Ewa", "601200301", "", "", "Paris"]]
    records = [Record(number, cells) for number, cells in enumerate(rows, 1)]
    (only,) = slices(records, RowReader(plan(), {}, kinds), "merge", 0, 10)
    assert [draft.custom for draft in only.drafts] == [{"city": "Łódź"}, {}]
    assert [(wrong.row, wrong.column, wrong.reason) for wrong in only.wrong] == [(2, 5, "wrong_choice")]


def test_junk_has_its_repair_and_a_contact_met_again_says_so() -> None:
    from uuid import UUID

    rows = [["Jan", "6O12OO3OO", "601200301", "", ""], ["Jan", "601200301", "", "", ""]]
    first, second = cut(rows, size=1)[:2]
    _, _, junk = payloads(first, UUID(int=1), UUID(int=2))
    assert junk.decode().rstrip("\n").split("\t")[-3:] == ["letters", "letters_for_digits", "+48601200300"]
    contacts, _, _ = payloads(second, UUID(int=1), UUID(int=2))
    assert contacts.endswith(b"\tt\n")
