"""The process that turns an Excel workbook into comma text: `python -m tenants.imports.workbook`, started by `excel`.

It takes the stored file's key as one line on standard input and gives UTF-8 text on standard output; what it found, or
why it gave up, is one line of JSON on standard error. A workbook is whatever a stranger has packed: memory and time of
this process are limited, and its exit is all that a hostile one can bring about.
"""

import csv
import io
import os
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from ringyard.kit.store import StoredFile

_NICENESS = 5
_MEMORY, _CPU_S = 2 * 1024**3, 300
_LARGEST, _LARGEST_UNPACKED = 100 * 1024**2, 1024**3
_MOST_LINES_OF_CELL = 10


class Found(msgspec.Struct, frozen=True):
    """The sheet that was read and how many rows it has, or why none: `protected`, `broken`, `too_large`, `no_rows`."""

    sheet: str = ""
    rows: int = 0
    refusal: str | None = None


class _Refused(Exception):
    """Says by its one argument why the workbook is not read."""


def main() -> None:
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    try:
        found = _turn(_packed(sys.stdin.readline().strip()))
    except _Refused as refused:
        found = Found(refusal=str(refused))
    except PasswordError:
        found = Found(refusal="protected")
    except MemoryError:
        found = Found(refusal="too_large")
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError):
        found = Found(refusal="broken")
    sys.stderr.write(msgspec.json.encode(found).decode())


def _packed(key: str) -> io.BytesIO:
    file = StoredFile(key)
    if file.size > _LARGEST:
        raise _Refused("too_large")
    packed = io.BytesIO(io.BufferedReader(file, 1024**2).read())
    if zipfile.is_zipfile(packed):
        with zipfile.ZipFile(packed) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                raise _Refused("too_large")
    packed.seek(0)
    return packed


def _turn(packed: io.BytesIO) -> Found:
    sheet = _first_with_rows(load_workbook(packed))
    rows = 0
    with io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", newline="") as text:
        writer = csv.writer(text)
        for cells in _rows(sheet):
            writer.writerow(cells)
            rows += 1
    return Found(sheet.name, rows)


def _first_with_rows(workbook: CalamineWorkbook) -> CalamineSheet:
    """The first sheet that people see and that has anything on it."""
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
            sheet = workbook.get_sheet_by_index(place)
            if sheet.start is not None and sheet.height:
                return sheet
    raise _Refused("no_rows")


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Every row from the first of the sheet on and every column, blank ones too: their numbers are those people see."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for cells in sheet.iter_rows():
        yield before + [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """As it is seen in its cell, but numbers with all their digits and dates in one form."""
    match cell:
        case str():
            lines = cell.replace("\0", "").splitlines()
            return (" " if len(lines) > _MOST_LINES_OF_CELL else "\n").join(lines)
        case bool():
            return str(cell).upper()
        case float():
            return format(Decimal(repr(cell)), "f").removesuffix(".0")
        case datetime() if cell.time() != time():
            return cell.isoformat(" ", "seconds")
        case datetime():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
