"""Excel workbooks become the text that people see in them, row for row."""

import csv
import io
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ringyard.kit import store
from ringyard.kit.errors import Invalid
from tenants.imports import workbook
from tenants.imports.excel import ExcelFacts, turned
from tenants.imports.sample import is_excel

Fill = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ringyard.kit.store._store", lambda: store.store_at(None, str(tmp_path)))
    monkeypatch.setattr(
        "tenants.imports.excel.child_environment", lambda: {**_environment(), "RINGYARD_HOME": str(tmp_path)}
    )


def _environment() -> dict[str, str]:
    from tenants.imports.reading import child_environment

    return {name: value for name, value in child_environment().items() if name != "RINGYARD_STORE_URL"}


def packed(fill: Fill) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        fill(book)
    return file.getvalue()


async def turn(upload: bytes) -> tuple[ExcelFacts, list[list[str]]]:
    await store.put("t1/imports/upload", _once(upload), 10**8)
    facts = await turned("t1/imports/upload", "t1/imports/text")
    text = b"".join([chunk async for chunk in store.read("t1/imports/text")]).decode()
    return facts, list(csv.reader(io.StringIO(text, newline="")))


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_cells_are_what_people_see_and_rows_keep_their_numbers() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("Klienci")
        sheet.write_row(2, 1, ["Imię", "Telefon", "Kwota", "Od", "Tak", "Uwagi"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(4, 1, ["Żółć", 48601200300, 12.5])
        sheet.write_datetime(4, 4, date(2026, 3, 1), day)
        sheet.write(4, 5, True)
        sheet.write_string(4, 6, 'dwa\nwiersze; "cytat", <b>x</b>')
        sheet.write_formula(5, 2, "=48601200000+1", None, 48601200001)

    facts, rows = await turn(packed(fill))
    assert (facts.sheet, facts.rows, facts.sample.is_utf8) == ("Klienci", 6, True)
    assert rows[:2] == [[""] * 7, [""] * 7]
    assert rows[2] == ["", "Imię", "Telefon", "Kwota", "Od", "Tak", "Uwagi"]
    assert rows[3] == [""] * 7
    assert rows[4] == ["", "Żółć", "48601200300", "12.5", "2026-03-01", "TRUE", 'dwa\nwiersze; "cytat", <b>x</b>']
    assert rows[5][2] == "48601200001"


def _nothing(book: Any) -> None:
    book.add_worksheet("Empty")


@pytest.mark.parametrize(
    ("upload", "word"),
    [
        (packed(_nothing), "rows"),
        (b"PK\x03\x04" + bytes(range(256)) * 50, "cannot be opened"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), "cannot be opened"),
        (packed(_nothing)[:-300], "cannot be opened"),
    ],
)
async def test_a_workbook_that_cannot_be_read_is_refused_and_not_kept(upload: bytes, word: str) -> None:
    with pytest.raises(Invalid) as refused:
        await turn(upload)
    assert refused.value.errors[0].field == "file"
    assert word in refused.value.detail
    with pytest.raises(FileNotFoundError):
        await store.size("t1/imports/text")


def test_what_would_unpack_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "_LARGEST_UNPACKED", 1000)
    (tmp_path / "objects").mkdir(exist_ok=True)
    (tmp_path / "objects" / "bomb").write_bytes(packed(_nothing))
    monkeypatch.setattr("ringyard.kit.store._store", lambda: store.store_at(None, str(tmp_path)))
    with pytest.raises(workbook._Refused, match="too_large"):
        workbook._packed("bomb")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (48601200300.0, "48601200300"),
        (4.85e21, "4850000000000000000000"),
        (0.000001, "0.000001"),
        (7, "7"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime.fromisoformat("2026-11-22T09:05"), "2026-11-22 09:05:00"),
        ("a\r\nb", "a\nb"),
        ("\n".join("x" * 20), " ".join("x" * 20)),
        ("", ""),
    ],
)
def test_a_number_has_all_its_digits_and_a_date_one_form(cell: Any, text: str) -> None:
    assert workbook._text(cell) == text


def test_workbooks_are_known_by_how_they_begin() -> None:
    assert is_excel(packed(_nothing))
    assert is_excel(b"\xd0\xcf\x11\xe0\xa1\xb1")
    assert not is_excel("Imię;Telefon".encode())
