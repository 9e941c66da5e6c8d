"""The plan that a guess and a person's choices make, and the first rows read by it. Pure."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import UNSET

from ringyard.kit.errors import Invalid
from ringyard.kit.text import _
from tenants.custom_fields.fields import Kinds
from tenants.imports import guess
from tenants.imports.fields import Preview, PreviewPhone, PreviewProblem, PreviewRow
from tenants.imports.plan import (
    ImportChange,
    ImportPlan,
    change_problems,
    chosen_values,
    encoding_called,
    width_problems,
)
from tenants.imports.reasons import reason_sentence
from tenants.imports.records import Record
from tenants.imports.rows import RowReader, Wrong, is_blank

SHOWN = 20
_LONGEST_CELL = 200


def first_plan(head: bytes, whole: bool, encoding: str, country: str, chosen: ImportChange) -> ImportPlan:
    """Everything guessed but what was `chosen`. Raises Invalid beside the fields."""
    blank = ImportPlan(encoding=encoding, delimiter=",", columns=[], country=country, header=False)
    delimiter = UNSET if chosen.delimiter is not UNSET else guess.delimiter(head, _encoding(chosen, encoding))
    start = blank if delimiter is UNSET else msgspec.structs.replace(blank, delimiter=delimiter)
    return changed_plan(start, head, whole, chosen, anew=True)


def changed_plan(plan: ImportPlan, head: bytes, whole: bool, chosen: ImportChange, anew: bool = False) -> ImportPlan:
    """The plan with the choices in it; what they make untrue is guessed anew. Raises Invalid beside the fields."""
    wrong = change_problems(chosen)
    if wrong:
        raise Invalid(_("These settings do not fit."), wrong)
    plan = _with(plan, chosen)
    # Local numbers are no numbers elsewhere: where none was seen, another country may show them.
    other_country = chosen.country is not UNSET and "phone" not in plan.columns
    cut_anew = anew or other_country or chosen.delimiter is not UNSET or chosen.encoding is not UNSET
    found = guess.records(head, whole, plan.encoding, plan.delimiter)
    if cut_anew and chosen.header is UNSET:
        plan = msgspec.structs.replace(plan, header=guess.header(found, plan.country))
    if chosen.columns is not UNSET:
        wrong = width_problems(chosen.columns, guess.width(found))
        if wrong:
            raise Invalid(wrong[0].message, wrong)
    elif cut_anew:
        plan = msgspec.structs.replace(plan, columns=guess.columns(found, plan.header, plan.country))
    return plan


def preview(plan: ImportPlan, head: bytes, whole: bool, people: Mapping[str, str], kinds: Kinds) -> Preview:
    """The first rows as they would enter, and what keeps the import from being confirmed."""
    found = guess.records(head, whole, plan.encoding, plan.delimiter, SHOWN + 1)
    headings = [cell[:_LONGEST_CELL] for cell in found[0].cells] if plan.header and found else []
    body = [record for record in found[plan.header :] if not is_blank(record)]
    reader = RowReader(plan, people, kinds)
    rows = [_row(record, reader) for record in body[:SHOWN]]
    return Preview(headings=headings, rows=rows, problems=_blocking(plan, rows))


def _row(record: Record, reader: RowReader) -> PreviewRow:
    draft, wrong = reader.read(record)
    phones = draft.phones if draft else []
    return PreviewRow(
        row=record.number,
        cells=[cell[:_LONGEST_CELL].replace("\0", "") for cell in record.cells],
        name=draft.name if draft else "",
        phones=[PreviewPhone(number=phone.number, kind=phone.kind, region=phone.region) for phone in phones],
        problems=[_problem(one) for one in wrong],
    )


def _problem(wrong: Wrong) -> PreviewProblem:
    return PreviewProblem(column=wrong.column, reason=wrong.reason, message=reason_sentence(wrong.reason))


def _blocking(plan: ImportPlan, rows: Sequence[PreviewRow]) -> list[str]:
    found = []
    if not rows:
        found.append(_("The file has no rows besides its header.") if plan.header else _("The file has no rows."))
    if "phone" not in plan.columns:
        found.append(_("Choose the column that holds the phone number."))
    return found


def _encoding(chosen: ImportChange, guessed: str) -> str:
    return (encoding_called(chosen.encoding) if chosen.encoding is not UNSET else None) or guessed


def _with(plan: ImportPlan, chosen: ImportChange) -> ImportPlan:
    return msgspec.structs.replace(plan, **chosen_values(chosen))
