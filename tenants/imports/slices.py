"""A slice of a file: some thousand rows read, joined where they are the same person. Pure.

A slice ends at a record of the file (`position`); a run that died goes on after the last slice that was stored. What is
the same person is decided over the whole file, and the same wherever its slices are cut: a row belongs to the contact
that has the first of its numbers which stand further up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from tenants.imports.plan import Duplicates
from tenants.imports.records import Record
from tenants.imports.rows import Draft, RowReader, Wrong, is_blank
from tenants.imports.seen import Seen

LARGE_FILE = 5 * 1024 * 1024
_ROWS, _ROWS_OF_LARGE = 10_000, 25_000


class Summary(msgspec.Struct, frozen=True):
    """What a slice holds. `repeated` rows joined one of the same slice, or were left out for one of the file.

    A row that belongs to a contact of an earlier slice is a staged contact with `again` and not counted here.
    `position` and `bytes_done` say how much of the file has been read.
    """

    position: int
    rows: int
    repeated: int
    junk: int
    bytes_done: int
    lengths: tuple[int, int, int]
    """Bytes of the three payloads: contacts, phones, junk."""


@dataclass(slots=True)
class Slice:
    """`seen` has every number of earlier slices and is shared by all slices of a file.

    Rows are taken one by one; what is the same person is found by `settle`, when the slice is full.
    """

    duplicates: Duplicates
    position: int = 0
    seen: Seen = field(default_factory=Seen)
    rows: int = 0
    repeated: int = 0
    drafts: list[Draft] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    _by_number: dict[int, Draft] = field(default_factory=dict)
    _earlier: set[int] = field(default_factory=set)

    def take(self, record: Record, reader: RowReader) -> None:
        self.position = record.number
        if is_blank(record):
            return
        self.rows += 1
        draft, wrong = reader.read(record)
        if wrong:
            self.wrong += wrong
        if draft is not None:
            self.drafts.append(draft)

    def settle(self) -> None:
        """Join the rows that are the same person, or leave them out."""
        if self.duplicates == "add":
            return
        drafts, self.drafts = self.drafts, []
        keys = [[int(phone.number) for phone in draft.phones] for draft in drafts]
        self._earlier = self.seen.among([key for of_draft in keys for key in of_draft])
        for draft, of_draft in zip(drafts, keys, strict=True):
            self._join(draft, of_draft)

    def next(self) -> "Slice":
        self.seen.add(self._by_number.keys())
        return Slice(self.duplicates, self.position, self.seen)

    def _join(self, draft: Draft, keys: list[int]) -> None:
        by_number, earlier = self._by_number, self._earlier
        for key in keys:
            if key in by_number or key in earlier:
                self._meet(draft, keys, key)
                return
        self.drafts.append(draft)
        for key in keys:
            by_number[key] = draft

    def _meet(self, draft: Draft, keys: list[int], met: int) -> None:
        same = self._by_number.get(met)
        if self.duplicates == "skip":
            self.repeated += 1
            return
        if same is None:
            draft.again = True
            self.drafts.append(draft)
        else:
            self.repeated += 1
            same.take_over(draft)
        for key in keys:
            if key == met or key not in self._earlier:
                self._by_number.setdefault(key, same or draft)


def slices(
    records: Iterable[Record], reader: RowReader, duplicates: Duplicates, skip: int, size: int
) -> Iterator[Slice]:
    """The records after the first `skip`, in slices of `size` rows; the last one may be empty of rows."""
    coming = iter(records)
    piece = _after(skip, coming, reader, Slice(duplicates), size) if skip else Slice(duplicates)
    for record in coming:
        piece.take(record, reader)
        if piece.rows >= size:
            piece.settle()
            yield piece
            piece = piece.next()
    piece.settle()
    yield piece


def _after(skip: int, coming: Iterator[Record], reader: RowReader, piece: Slice, size: int) -> Slice:
    """After a restart: rows that are stored already are read for what later rows are judged by."""
    needed = piece.duplicates != "add" or reader.remembers
    for record in coming:
        if needed:
            piece.take(record, reader)
        if piece.rows >= size:
            piece.settle()
            piece = piece.next()
        if record.number >= skip:
            break
    piece.position = skip
    piece.settle()
    return piece.next()


def rows_of_slice(size: int) -> int:
    """How many rows a slice of a file of `size` bytes has: progress shows, and the set-up of a slice does not."""
    return _ROWS_OF_LARGE if size > LARGE_FILE else _ROWS
