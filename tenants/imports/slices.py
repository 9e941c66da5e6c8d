"""A slice of a file: some thousand rows read, joined where they are the same person, ready for COPY. Pure.

A slice ends at a record of the file (`position`); a run that died goes on after the last slice that was stored.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from ringyard.kit.ids import new_id
from ringyard.kit.phone import Phone
from tenants.imports.plan import Duplicates
from tenants.imports.records import Record
from tenants.imports.rows import Draft, RowReader, Wrong, is_blank

ROWS = 10_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


class Summary(msgspec.Struct, frozen=True):
    """What a slice holds. `repeated` rows joined an earlier row of the same slice.

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
    duplicates: Duplicates
    position: int = 0
    rows: int = 0
    repeated: int = 0
    drafts: list[Draft] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    by_number: dict[str, Draft] = field(default_factory=dict)

    def take(self, record: Record, reader: RowReader) -> None:
        self.position = record.number
        if is_blank(record):
            return
        self.rows += 1
        draft, wrong = reader.read(record)
        self.wrong += wrong
        if draft is not None:
            self._join(draft)

    def _join(self, draft: Draft) -> None:
        same = None
        if self.duplicates != "add":
            same = next((self.by_number[p.number] for p in draft.phones if p.number in self.by_number), None)
        if same is None:
            self.drafts.append(draft)
        else:
            self.repeated += 1
            if self.duplicates == "merge":
                same.take_over(draft)
        for phone in (same or draft).phones:
            self.by_number.setdefault(phone.number, same or draft)

    def payloads(self, import_id: UUID, base_id: UUID) -> tuple[bytes, bytes, bytes]:
        """Contacts, phones and junk as COPY's text format, columns as in `merging`."""
        contacts: list[str] = []
        phones: list[str] = []
        for draft in self.drafts:
            contact_id = str(new_id())
            contacts.append(_contact(contact_id, draft))
            phones += [_phone(contact_id, place, phone) for place, phone in enumerate(draft.phones)]
        junk = [_junk(wrong, str(import_id), str(base_id)) for wrong in self.wrong]
        return _bytes(contacts), _bytes(phones), _bytes(junk)


def slices(
    records: Iterable[Record], reader: RowReader, duplicates: Duplicates, skip: int, size: int = ROWS
) -> Iterator[Slice]:
    """The records after the first `skip`, in slices of `size` rows; the last one may be empty of rows."""
    piece = Slice(duplicates, position=skip)
    for record in records:
        if record.number <= skip:
            reader.remember(record)
            continue
        piece.take(record, reader)
        if piece.rows >= size:
            yield piece
            piece = Slice(duplicates, position=piece.position)
    yield piece


def _contact(contact_id: str, draft: Draft) -> str:
    categories = "{" + ",".join(_quoted(name) for name in draft.categories) + "}"
    custom = json.dumps(draft.custom, ensure_ascii=False)
    return _line(
        (
            str(draft.row), contact_id, draft.name, draft.email, draft.region, draft.timezone,
            draft.responsible or None, categories, draft.comment, draft.external_id, custom,
        )
    )  # fmt: skip


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _phone(contact_id: str, place: int, phone: Phone) -> str:
    return _line((contact_id, str(place), phone.number, phone.kind, phone.region, phone.timezone))


def _junk(wrong: Wrong, import_id: str, base_id: str) -> str:
    column = str(wrong.column) if wrong.column else None
    cells = json.dumps(wrong.cells, ensure_ascii=False)
    return _line((str(new_id()), import_id, base_id, str(wrong.row), column, cells, wrong.reason))


def _line(cells: Sequence[str | None]) -> str:
    return "\t".join(NULL if cell is None else cell.translate(_ESCAPES) for cell in cells) + "\n"


def _bytes(lines: list[str]) -> bytes:
    # a lone surrogate cannot be stored; files never hold one, but a decoder may leave it
    return "".join(lines).encode("utf-8", errors="replace")
