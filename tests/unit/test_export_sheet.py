"""An export's Excel file: row for row what xlsxwriter writes for the same cells."""

import csv
import io
import re
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenants.exports.sheet import LONGEST_CELL, write_book

HEADINGS = ["Name", "<Phone> & more", "Żółć"]
NASTY = [
    "=1+1",
    " a ",
    "a\nb",
    "a\rb",
    "\x00\x1f",
    "_x0041_",
    "_x_x0041_",
    '"&<>"',
    "\uffff",
    "Їжак 🦔",
    "\tx",
    "&amp;",
    "",
]
CELLS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


def _piece(rows: list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return target.getvalue().encode()


def _rows(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r"<row .*?</row>", sheet, re.DOTALL)


def _by_the_library(path: Path, rows: list[list[str]]) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(place, column, cell[:LONGEST_CELL], None if place else bold)
    book.close()


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=5))
@example([[one, "x", two] for one, two in zip(NASTY, reversed(NASTY), strict=True)])
@example([["x" * (LONGEST_CELL + 5), "&" * LONGEST_CELL, "<" * (LONGEST_CELL + 1)]])
def test_every_cell_is_written_as_the_library_writes_it(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        half = len(rows) // 2
        pieces = [_piece([HEADINGS]), *(_piece(some) for some in (rows[:half], rows[half:]) if some)]
        write_book(folder / "ours.xlsx", folder, iter(pieces))
        _by_the_library(folder / "theirs.xlsx", [HEADINGS, *rows])
        assert _rows(folder / "ours.xlsx") == _rows(folder / "theirs.xlsx")
