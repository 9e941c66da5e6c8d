"""An Excel file of text cells, row by row in constant memory: xlsxwriter makes the book with its headings, and further
rows are put into its sheet as text, which takes a third of the time that it needs for each cell. Pure but for files.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, unescape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

LONGEST_CELL = 32_767
_SHEET = "xl/worksheets/sheet1.xml"
_END = b"</sheetData>"
# The book was made with one row: where it ends is then said wrongly, and need not be said.
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_ROWS_AT_ONCE = 500
_LONGEST_FIELD = 2**30


def write_book(path: Path, folder: Path, pieces: Iterator[bytes]) -> None:
    """`pieces` are CSV in UTF-8 of whole rows, the first the headings alone. `folder` is for work in between."""
    csv.field_size_limit(_LONGEST_FIELD)
    headings = next(csv.reader(io.StringIO(next(pieces).decode(), newline="")))
    empty, sheet = folder / "empty.xlsx", folder / "sheet.xml"
    _headed(empty, headings)
    with zipfile.ZipFile(empty) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name in made.namelist():
            if name != _SHEET:
                book.writestr(name, made.read(name))
        begin, _, rest = _DIMENSION.sub(b"", made.read(_SHEET)).partition(_END)
        with sheet.open("wb") as target:
            target.write(begin)
            _write_rows(target, pieces, len(headings))
            target.write(_END + rest)
        book.write(sheet, _SHEET)


def _headed(path: Path, headings: list[str]) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(headings):
        sheet.write_string(0, column, text, bold)
    book.close()


def _write_rows(target: IO[bytes], pieces: Iterable[bytes], width: int) -> None:
    letters = [xl_col_to_name(column) for column in range(width)]
    places = count(2)
    for piece in pieces:
        rows = csv.reader(io.StringIO(_escaped(piece.decode()), newline=""))
        written = (_row(place, row, letters) for row, place in zip(rows, places, strict=False))
        while some := "".join(islice(written, _ROWS_AT_ONCE)):
            target.write(some.encode())


def _row(place: int, row: list[str], letters: list[str]) -> str:
    cells = "".join(_cell(f"{letter}{place}", text) for letter, text in zip(letters, row, strict=True) if text)
    return f'<row r="{place}">{cells}</row>'


def _cell(name: str, text: str) -> str:
    if len(text) > LONGEST_CELL // 2:
        text = escape(_cut(unescape(text)))
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'<c r="{name}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _cut(text: str) -> str:
    """Excel counts in UTF-16."""
    return text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _escaped(text: str) -> str:
    """Of many rows at once: nothing that is put in means anything to CSV. What XML cannot hold stands as in Excel."""
    text = escape(_LIKE_ESCAPED.sub("_x005F_", text))
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
