"""How an export is to be written: format, columns with their headings, encoding and delimiter. Pure."""

from typing import Literal

import msgspec

from ringyard.kit.errors import FieldError, Invalid
from ringyard.kit.text import _
from tenants.contacts.selection import ContactSelection
from tenants.imports.plan import DELIMITERS, ENCODINGS, delimiter_called, encoding_called

Format = Literal["csv", "xlsx"]
MOST_ROWS = 1_048_575
"""An Excel sheet's rows without the one of the headings."""


class NewExport(ContactSelection, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`columns` by their keys, in the order wanted; empty means all. Own fields are `custom:<key>`. Encoding and
    delimiter are those of imports and only concern CSV. With `start` false the work waits for its confirmation.
    """

    format: Format = "csv"
    columns: list[str] = []
    encoding: str = "utf-8"
    delimiter: str = ","
    start: bool = True


class ExportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation keeps of it. `headings` and the names of statuses are in the language of who asked."""

    format: Format
    columns: list[str]
    headings: list[str]
    statuses: dict[str, str]
    encoding: str
    delimiter: str
    timezone: str


def checked(new: NewExport, known: dict[str, str], statuses: dict[str, str], timezone: str) -> ExportPlan:
    """`known` is every column's heading by its key. Raises Invalid."""
    encoding, delimiter = encoding_called(new.encoding), delimiter_called(new.delimiter)
    wrong = _problems(new, known, encoding, delimiter)
    if wrong or encoding is None or delimiter is None:
        raise Invalid(wrong[0].message, wrong)
    columns = list(dict.fromkeys(new.columns)) or list(known)
    return ExportPlan(
        format=new.format, columns=columns, headings=[known[name] for name in columns], statuses=statuses,
        encoding=encoding, delimiter=delimiter, timezone=timezone,
    )  # fmt: skip


def _problems(new: NewExport, known: dict[str, str], encoding: str | None, delimiter: str | None) -> list[FieldError]:
    found = []
    if encoding is None:
        found.append(FieldError("encoding", _("Choose one of: {names}.", names=", ".join(ENCODINGS))))
    if delimiter is None:
        found.append(FieldError("delimiter", _("Choose one of: {names}.", names=", ".join(DELIMITERS.values()))))
    found += [
        FieldError("columns", _("“{column}” is no column of contacts.", column=name[:80]))
        for name in new.columns
        if name not in known
    ][:1]
    return found
