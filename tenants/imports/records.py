"""The records of a CSV file, one by one, in constant memory and whatever is wrong with it.

A quotation mark that never closes would swallow the rest of the file: a record that runs over many lines, or over
several with the wrong number of cells, loses its first line only, and reading goes on with the second.

Lines are read many at once, and as long as each is a record that nothing is wrong with, `csv` alone cuts them.
"""

import csv
import io
from collections.abc import Iterator
from itertools import islice

import msgspec

LONGEST_LINE = 100_000
MOST_LINES = 50
BUFFER = 1024 * 1024
_AT_ONCE = 256 * 1024


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
        self._lines = _Lines(io.TextIOWrapper(io.BufferedReader(file, BUFFER), encoding, "replace", newline=""))
        self._delimiter, self._width = delimiter, width
        self._number = 0

    def __iter__(self) -> Iterator[Record]:
        while self._lines.has_more():
            yield from self._plain()
            if self._lines.has_more():
                self._number += 1
                yield self._careful(self._number)

    def _plain(self) -> Iterator[Record]:
        """Records of one line each, up to the first line that needs a closer look."""
        lines, number = self._lines, self._number
        before, start = number, lines.at
        reader = csv.reader(islice(lines.held, start, lines.next_odd()), delimiter=self._delimiter, strict=True)
        try:
            for cells in reader:
                number += 1
                if before + reader.line_num > number:
                    return
                lines.at += 1
                self._number = number
                yield Record(number, cells)
        except csv.Error:
            return

    def _careful(self, number: int) -> Record:
        """The next record, over as many lines as it has."""
        held: list[str] = []
        try:
            cells = next(csv.reader(self._feed(held), delimiter=self._delimiter, strict=True))
        except _NotClosed:
            return self._first_line_lost(number, held)
        except csv.Error:
            if len(held) > 1:
                return self._first_line_lost(number, held)
            # quotes in the middle of a cell are text where the record is one line; over several they are stray
            cells = next(csv.reader(held, delimiter=self._delimiter))
        if len(held) > 1 and len(cells) != self._width:
            return self._first_line_lost(number, held)
        return Record(number, cells, next((fault for line in held if (fault := _fault(line))), None))

    def _feed(self, held: list[str]) -> Iterator[str]:
        while len(held) < MOST_LINES and self._lines.has_more():
            held.append(self._lines.take())
            yield held[-1]
        raise _NotClosed

    def _first_line_lost(self, number: int, held: list[str]) -> Record:
        self._lines.give_back(held[1:])
        fault = "too_long" if len(held[0]) == LONGEST_LINE else "quote_not_closed"
        return Record(number, [held[0].rstrip("\r\n").replace("\0", "")], fault)


class _Lines:
    """The file's lines, some thousand `held` at once, of which those before `at` are done with."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._rest = ""
        self._odd: list[int] = []
        self.held: list[str] = []
        self.at = 0

    def has_more(self) -> bool:
        if self.at >= len(self.held):
            self._hold(self._read())
        return self.at < len(self.held)

    def next_odd(self) -> int:
        """Where the next line stands that has a fault; the end of what is held where there is none."""
        return next((place for place in self._odd if place >= self.at), len(self.held))

    def take(self) -> str:
        self.at += 1
        return self.held[self.at - 1]

    def give_back(self, lines: list[str]) -> None:
        """Lines just taken, which may have been the last of what was held before."""
        if self.at >= len(lines):
            self.at -= len(lines)
            return
        self._hold(lines + self.held[self.at :])

    def _hold(self, lines: list[str]) -> None:
        self.held, self.at = lines, 0
        text = "".join(lines)
        clean = "\ufffd" not in text and "\0" not in text and max(map(len, lines), default=0) < LONGEST_LINE
        self._odd = [] if clean else [place for place, line in enumerate(lines) if _fault(line)]

    def _read(self) -> list[str]:
        """The next lines, none at the end of the file; what is longer than any row is cut."""
        found: list[str] = []
        while not found:
            text = self._text.read(_AT_ONCE)
            lines = io.StringIO(self._rest + text, newline="").readlines()
            # the last one may go on, a carriage return with its line feed
            self._rest = lines.pop() if text and lines else ""
            if len(self._rest) > 2 * LONGEST_LINE:
                self._rest = self._rest[:LONGEST_LINE] + self._rest[-1:]
            if not text and not lines:
                break
            found = [line if len(line) < LONGEST_LINE else line[:LONGEST_LINE] for line in lines]
        return found


def _fault(line: str) -> str | None:
    if "\ufffd" in line:
        return "bad_encoding"
    if "\0" in line:
        return "control_characters"
    return "too_long" if len(line) == LONGEST_LINE else None
