"""Records of broken CSV files: what is wrong is one record's matter."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tenants.imports.records import LONGEST_LINE, Record, Records


class Bytes(io.RawIOBase):
    """A file that hands out a few bytes at a time, so that every cut is met."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._data.readinto(buffer)


def records(data: bytes, width: int = 2, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[Record]:
    return list(Records(Bytes(data), encoding, delimiter, width))


def test_a_quote_that_never_closes_costs_its_own_line_only() -> None:
    found = records(b'a,1\nb,"2\nc,3\nd,4\n')
    assert [record.fault for record in found] == [None, "quote_not_closed", None, None]
    assert found[2].cells == ["c", "3"]
    assert [record.number for record in found] == [1, 2, 3, 4]


def test_two_stray_quotes_do_not_swallow_the_lines_between_them() -> None:
    found = records(b'a,1\nb,"2\nc,3\nd,"4\ne,5\n')
    assert [record.cells for record in found if record.fault is None] == [["a", "1"], ["c", "3"], ["e", "5"]]


def test_a_cell_may_hold_line_breaks() -> None:
    found = records(b'a,"first\r\nsecond"\r\nb,2\r\n')
    assert [record.cells for record in found] == [["a", "first\r\nsecond"], ["b", "2"]]


def test_a_line_without_an_end_is_cut_and_the_next_one_read() -> None:
    found = records(b"x" * (3 * LONGEST_LINE) + b"\nb,2\n")
    assert [(record.fault, record.number) for record in found] == [("too_long", 1), (None, 2)]


def test_bytes_of_another_encoding_spoil_their_own_row() -> None:
    found = records(b"a,1\n" + "ż,2\n".encode("cp1250") + "ż,3\n".encode())
    assert [record.fault for record in found] == [None, "bad_encoding", None]


def test_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    assert records("\ufeffa,1\n".encode())[0].cells == ["a", "1"]
    assert records("a,1\n".encode("utf-16"), encoding="utf-16")[0].cells == ["a", "1"]


def test_zero_bytes_are_a_fault_of_their_row() -> None:
    assert [record.fault for record in records(b"a,\x001\nb,2\n")] == ["control_characters", None]


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"), max_size=12)


@given(st.lists(st.tuples(cells, cells).map(list), min_size=1, max_size=20))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    assert [record.cells for record in records(written.getvalue().encode("utf-8"), encoding="utf-8")] == rows


@given(st.binary(max_size=400))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    found = records(data)
    assert [record.number for record in found] == list(range(1, len(found) + 1))


def test_quotes_in_the_middle_of_a_cell_are_text() -> None:
    found = records(b'"Jan "Johnny" K",1\nAnna "Ania" N,2\nc,3\n')
    assert [record.fault for record in found] == [None, None, None]
    assert found[1].cells == ['Anna "Ania" N', "2"]
