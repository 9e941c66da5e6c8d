"""The records of a CSV file, one by one, in constant memory and whatever is wrong with it.

A quotation mark that never closes would swallow the rest of the file: a record that runs over many lines, or over
several with the wrong number of cells, loses its first line only, and reading goes on with the second.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator

import msgspec

LONGEST_LINE = 100_000
MOST_LINES = 50
BUFFER = 1024 * 1024


class Record(msgspec.Struct, frozen=True):
    """`number` counts from 1 as a spreadsheet does; `fault` is a reason code when the record cannot be used."""

    number: int
    cells: list[str]
    fault: str | None = None


class _NotClosed(Exception):
    """The lines held so far are no record."""


class Records:
    """`width` is how many cells a record of this file has; `encoding` is a codec, `utf-8-sig` to swallow a BOM."""

    def __init__(self, file: io.RawIOBase, encoding: str, delimiter: str, width: int) -> None:
        buffered = io.BufferedReader(file, BUFFER)
        self._text = io.TextIOWrapper(buffered, encoding=encoding, errors="replace", newline="")
        self._delimiter, self._width = delimiter, width
        self._again: deque[str] = deque()
        self._held: list[str] = []

    def __iter__(self) -> Iterator[Record]:
        reader, number = self._reader(), 0
        while True:
            self._held.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _NotClosed:
                cells = None
            except csv.Error:
                cells = self._leniently()
                reader = self._reader()
            number += 1
            if cells is None or (len(self._held) > 1 and len(cells) != self._width):
                yield self._first_line_lost(number)
                reader = self._reader()
            else:
                yield Record(number, cells, _fault(self._held))

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _leniently(self) -> list[str] | None:
        """Quotes in the middle of a cell are text where the record is one line; over several they are stray."""
        return next(csv.reader(self._held, delimiter=self._delimiter)) if len(self._held) == 1 else None

    def _feed(self) -> Iterator[str]:
        while True:
            if len(self._held) >= MOST_LINES:
                raise _NotClosed
            line = self._again.popleft() if self._again else self._line()
            if not line and self._held:
                raise _NotClosed
            if not line:
                return
            self._held.append(line)
            yield line

    def _line(self) -> str:
        """The next line, cut where it is longer than any row; empty at the end of the file."""
        line = self._text.readline(LONGEST_LINE)
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            rest = line
            while rest and not rest.endswith(("\n", "\r")):
                rest = self._text.readline(LONGEST_LINE)
        return line

    def _first_line_lost(self, number: int) -> Record:
        first, *others = self._held
        self._again.extendleft(reversed(others))
        fault = "too_long" if len(first) == LONGEST_LINE else "quote_not_closed"
        return Record(number, [first.rstrip("\r\n").replace("\0", "")], fault)


def _fault(lines: list[str]) -> str | None:
    for line in lines:
        if "\ufffd" in line:
            return "bad_encoding"
        if "\0" in line:
            return "control_characters"
        if len(line) == LONGEST_LINE:
            return "too_long"
    return None
