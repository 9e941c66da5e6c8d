"""What a customer sees of an import, its preview, and its junk. Pure."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from tenants.imports.plan import Duplicates

State = Literal["preview", "running", "done", "failed", "cancelled"]
Kind = Literal["text", "excel"]


class PreviewPhone(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    kind: str
    region: str


class PreviewProblem(msgspec.Struct, frozen=True, kw_only=True):
    """`column` counts from 1; none when the whole row is meant."""

    column: int | None
    reason: str
    message: str


class PreviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it would enter; `row` is where it stands in the file."""

    row: int
    cells: list[str]
    name: str
    phones: list[PreviewPhone]
    problems: list[PreviewProblem]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """`headings` are the cells of the header row, `problems` what keeps the import from being confirmed."""

    headings: list[str]
    rows: list[PreviewRow]
    problems: list[str]


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What confirming would do, counted without doing it. While `running` the figures grow; `progress` is 0 to 1.

    `merged` and `skipped` are rows that are no new contacts; `repeated`, `found_here` and `found_elsewhere` say where
    their numbers were met: in the file, in the base, in another base. `blocked` of the added are on a do-not-call list.
    """

    state: Literal["running", "done", "failed"]
    progress: float = 0.0
    rows: int = 0
    added: int = 0
    merged: int = 0
    skipped: int = 0
    repeated: int = 0
    found_here: int = 0
    found_elsewhere: int = 0
    blocked: int = 0
    junk: int = 0


class ImportView(msgspec.Struct, frozen=True, kw_only=True):
    """`progress` goes from 0 to 1 by bytes read; `removed` contacts have been taken out again by an undo.

    `size` is the uploaded file's in bytes. `template_id` is the template that was applied. `repeated`, `found_here`
    and `found_elsewhere` say where the numbers of `merged` and `skipped` rows were met: in the file, in the base, in
    another base. `texts_done_at`: from then on every contact is found by its name; by its number at once.
    """

    id: UUID
    base_id: UUID
    file_name: str
    size: int
    kind: Kind
    encoding: str
    delimiter: str
    columns: list[str]
    country: str
    header: bool
    duplicates: Duplicates
    duplicates_in_file: Duplicates
    duplicates_elsewhere: Duplicates
    category_ids: list[UUID]
    responsible_id: UUID | None
    template_id: UUID | None
    state: State
    rows: int
    added: int
    merged: int
    skipped: int
    repeated: int
    found_here: int
    found_elsewhere: int
    blocked: int
    junk: int
    progress: float
    error: str | None
    created_by: UUID | None
    created_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None
    undone_at: datetime | None
    removed: int
    file_deleted_at: datetime | None
    texts_done_at: datetime | None


class ImportDetail(ImportView, frozen=True, kw_only=True):
    """While the import is a preview: its headings, first rows, what keeps it from being confirmed, and the dry run.

    `accepting`: the kinds of repairs that are being accepted in its junk right now.
    """

    headings: list[str] = []
    preview: list[PreviewRow] = []
    problems: list[str] = []
    survey: Survey | None = None
    accepting: list[str] = []


class JunkView(msgspec.Struct, frozen=True, kw_only=True):
    """`column` counts from 1; none when the whole row is meant. `repair` is the kind of change that would make the
    cell right, `proposal` the cell then. Once it is in the base: `resolved_at` and `contact_id`."""

    id: UUID
    import_id: UUID
    base_id: UUID
    row: int
    column: int | None
    cells: list[str]
    reason: str
    message: str
    repair: str | None
    proposal: str | None
    created_at: datetime
    resolved_at: datetime | None
    contact_id: UUID | None


class JunkCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that wait: all of them, by reason, and by the kind of repair."""

    total: int
    reasons: dict[str, int]
    repairs: dict[str, int]
