"""A junk row read again: with its proposals put in, or as somebody wrote it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenants.imports.fields import JunkView
from tenants.imports.records import Record
from tenants.imports.repairs import repaired
from tenants.imports.rows import Draft, RowReader, Wrong


@dataclass(frozen=True, slots=True)
class Mended:
    """A row with other cells: the contact it makes (None for none), and what is still wrong with it."""

    row: int
    cells: list[str]
    draft: Draft | None
    wrong: Sequence[Wrong]

    def leaves(self, entry: JunkView) -> bool:
        """Whether what the entry complained of is no longer so."""
        if self.draft is None:
            return False
        return entry.column is None or all(one.column != entry.column for one in self.wrong)


def mended(entry: JunkView, cells: Sequence[str], reader: RowReader) -> Mended:
    """The entry's row with these cells. A row that had entered in part joins the contact it made."""
    before, _wrong = reader.read(Record(entry.row, entry.cells))
    draft, wrong = reader.read(Record(entry.row, list(cells)))
    if draft is not None:
        draft.again = before is not None
    return Mended(entry.row, list(cells), draft, wrong)


def with_proposals(entries: Sequence[JunkView], reader: RowReader) -> list[str]:
    """The cells of one row, whose entries these are, with every proposal in its place."""
    cells = list(entries[0].cells)
    _draft, wrong = reader.read(Record(entries[0].row, cells))
    for entry in entries:
        if entry.column is not None and entry.proposal is not None and entry.column <= len(cells):
            cells[entry.column - 1] = _put_in(cells[entry.column - 1], entry, wrong)
    return cells


def _put_in(cell: str, entry: JunkView, wrong: Iterable[Wrong]) -> str:
    """The cell with the proposal in place of the one number that it is for: a cell may hold several."""
    for one in wrong:
        found = repaired(one.text, one.reason, one.country) if one.column == entry.column and one.text else None
        if found and found.proposal == entry.proposal and one.text in cell:
            return cell.replace(one.text, found.proposal, 1)
    return entry.proposal or cell
