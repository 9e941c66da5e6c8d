"""What a customer sees of an import, its preview and its junk. Pure."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from tenants.imports.plan import Duplicates

State = Literal["preview", "running", "done", "failed", "cancelled"]


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


class ImportView(msgspec.Struct, frozen=True, kw_only=True):
    """`progress` goes from 0 to 1 by bytes read; `removed` contacts have been taken out again by an undo."""

    id: UUID
    base_id: UUID
    file_name: str
    size: int
    encoding: str
    delimiter: str
    columns: list[str]
    country: str
    header: bool
    duplicates: Duplicates
    state: State
    rows: int
    added: int
    merged: int
    skipped: int
    junk: int
    progress: float
    error: str | None
    created_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None
    undone_at: datetime | None
    removed: int


class ImportDetail(ImportView, frozen=True, kw_only=True):
    """While the import is a preview: its headings, first rows, and what keeps it from being confirmed."""

    headings: list[str] = []
    preview: list[PreviewRow] = []
    problems: list[str] = []


class JunkView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    import_id: UUID
    base_id: UUID
    row: int
    column: int | None
    cells: list[str]
    reason: str
    message: str
    created_at: datetime
