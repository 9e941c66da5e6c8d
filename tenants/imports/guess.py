"""How a file seems to be written: encoding, delimiter, header and the role of each column. Pure.

A guess is only where the person begins; the preview shows it and everything can be chosen otherwise.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import islice

import chardet

from ringyard.kit.phone import Phone, read, split
from tenants.imports.headings import role_of
from tenants.imports.plan import CUSTOM, DELIMITERS, LONGEST_KEY, REPEATED, codec, encoding_called
from tenants.imports.records import LONGEST_LINE, Record, Records

SAMPLED = 100
_MANY = 0.5


def encoding(head: bytes, is_utf8: bool, odd: bytes) -> str:
    """`head` is the file's beginning, `is_utf8` whether all of it is, `odd` lines of it that have more than ASCII."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    wide = _wide(head)
    if wide or is_utf8:
        return wide or "utf-8"
    for found in chardet.detect_all(odd):
        ours = encoding_called(found["encoding"] or "")
        if ours:
            return ours
    return "windows-1252"


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of common text is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    least = len(head) * 0.15
    if odd > least and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > least and odd < even / 10 else None


def delimiter(head: bytes, encoding_name: str) -> str:
    """The one that cuts most records into the same number of cells, more than one.

    For a single column the one that stands in fewest places, as several numbers of a line may have commas between them.
    """
    text = head.decode(codec(encoding_name), errors="replace")
    best = max(DELIMITERS, key=lambda one: _evenness(text, one))
    return best if _evenness(text, best)[0] else min(DELIMITERS, key=text.count)


def _evenness(text: str, one: str) -> tuple[float, int]:
    lines = (line[:LONGEST_LINE] for line in io.StringIO(text, newline=""))
    try:
        widths = [len(cells) for cells in islice(csv.reader(lines, delimiter=one), SAMPLED) if cells]
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    width, times = Counter(widths).most_common(1)[0]
    return (times / len(widths) if width > 1 else 0.0, width)


def records(head: bytes, whole: bool, encoding_name: str, one: str, most: int = SAMPLED) -> list[Record]:
    """The first records; the last is left out where the head may have cut it."""
    width = _width(head, encoding_name, one)
    found = list(islice(Records(_raw(head), codec(encoding_name), one, width), most + 1))
    return found[:most] if whole or len(found) > most else found[:-1]


def _raw(head: bytes) -> io.RawIOBase:
    class Head(io.RawIOBase):
        def __init__(self) -> None:
            self._bytes = io.BytesIO(head)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return self._bytes.readinto(buffer)

    return Head()


def _width(head: bytes, encoding_name: str, one: str) -> int:
    lines = head.decode(codec(encoding_name), errors="replace").splitlines()[:SAMPLED]
    cut = (line[:LONGEST_LINE] for line in lines)
    widths = Counter(len(cells) for line in cut for cells in csv.reader([line], delimiter=one) if cells)
    return widths.most_common(1)[0][0] if widths else 1


def width(found: Sequence[Record]) -> int:
    """How many columns the file has: what most of its records have."""
    widths = Counter(len(record.cells) for record in found if record.cells and record.fault is None)
    return widths.most_common(1)[0][0] if widths else 1


def header(found: Sequence[Record], country: str) -> bool:
    """Whether the first record names the columns: known words, or no number where all others have one."""
    if not found:
        return False
    first, others = found[0].cells, found[1:]
    if any(_is_phone(cell, country) for cell in first):
        return False
    if any(role_of(cell) for cell in first):
        return True
    return any(_is_phone(cell, country) for record in others for cell in record.cells)


def columns(found: Sequence[Record], has_header: bool, country: str) -> list[str]:
    """The role of each column by its heading, else by what stands in it."""
    count = width(found)
    headings = [cell.strip() for cell in found[0].cells] if has_header and found else []
    headings += [""] * (count - len(headings))
    body = [record.cells for record in found[has_header:] if record.fault is None]
    roles: list[str] = []
    for place in range(count):
        cells = [cells[place].strip() for cells in body if place < len(cells) and cells[place].strip()]
        roles.append(_role(headings[place], cells, country, roles))
    return roles


def _role(heading: str, cells: list[str], country: str, taken: list[str]) -> str:
    by_content = _by_content(cells, country)
    role = role_of(heading) or by_content
    if role == "phone" and cells and by_content != "phone" and not _some_phones(cells, country):
        role = None
    if role is None and not heading and "name" not in taken and _words(cells):
        role = "name"
    if role in taken and role not in REPEATED:
        role = None
    if role is None and heading and f"{CUSTOM}{heading[:LONGEST_KEY]}" not in taken:
        return f"{CUSTOM}{heading[:LONGEST_KEY]}"
    return role or "skip"


def _by_content(cells: list[str], country: str) -> str | None:
    if not cells:
        return None
    if sum(_is_phone(cell, country) for cell in cells) >= len(cells) * _MANY:
        return "phone"
    if sum("@" in cell and " " not in cell for cell in cells) >= len(cells) * _MANY:
        return "email"
    return None


def _some_phones(cells: list[str], country: str) -> bool:
    return any(_is_phone(cell, country) for cell in cells)


def _words(cells: list[str]) -> bool:
    return bool(cells) and sum(any(c.isalpha() for c in cell) for cell in cells) >= len(cells) * _MANY


def _is_phone(cell: str, country: str) -> bool:
    numbers = split(cell)
    return bool(numbers) and isinstance(read(numbers[0], country), Phone)
