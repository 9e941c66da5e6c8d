"""One record of a file made into a contact to be, or into junk with the reason. Pure.

Every row of a large file comes by here: what can be worked out from the plan is worked out once.
"""

from collections.abc import Mapping, Sequence

import msgspec

from ringyard.kit.phone import Phone, Unreadable, countries, numbers, split
from tenants.custom_fields.values import custom_value
from tenants.imports.plan import CUSTOM, ImportPlan
from tenants.imports.records import Record

MOST_PHONES = 10
MOST_CATEGORIES = 200
LONGEST = {"name": 200, "email": 254, "comment": 5000, "region": 100, "external_id": 200}
Kinds = Mapping[str, tuple[str, Sequence[str]]]
_KEPT_CELLS, _KEPT_LENGTH, _CATEGORY_LENGTH, _CUSTOM_LENGTH = 50, 500, 100, 1000
_FATAL = {"unknown_person", "too_many_categories"}


class Draft(msgspec.Struct):
    """A contact to be. `row` is where it stands in the file; `responsible` is a user's id.

    `again`: one of its numbers stands further up in the file, beyond what is at hand; it is to join that contact.
    """

    row: int
    phones: list[Phone]
    name: str = ""
    email: str = ""
    comment: str = ""
    region: str = ""
    external_id: str = ""
    responsible: str | None = None
    categories: list[str] = []
    custom: dict[str, str] = {}
    again: bool = False

    @property
    def timezone(self) -> str:
        return self.phones[0].timezone

    def take_over(self, other: "Draft") -> None:
        """The same person again, further down: what is missing here is filled from there."""
        known = {phone.number for phone in self.phones}
        self.phones = self.phones + [phone for phone in other.phones if phone.number not in known]
        for name in (*LONGEST, "responsible"):
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))
        self.categories = self.categories + [name for name in other.categories if name not in self.categories]
        self.custom = {**other.custom, **self.custom}


class Wrong(msgspec.Struct, frozen=True):
    """A cell (`column` counts from 1) or a whole row (None) that is junk, with the cells for the reader.

    `text` is what the reason is about where that is less than the cell, `country` what would have completed a number.
    """

    row: int
    column: int | None
    reason: str
    cells: list[str]
    text: str = ""
    country: str = ""


class RowReader:
    """Reads records by one plan. `people` are users' ids by lower-cased login, e-mail and name; `kinds` own fields."""

    def __init__(self, plan: ImportPlan, people: Mapping[str, str], kinds: Kinds | None = None) -> None:
        self._plan, self._people = plan, people
        self._width, self._padding = len(plan.columns), [""] * (len(plan.columns) + 1)
        self._countries = countries()
        self._phones, self._regions = self._places("phone"), self._places("region")
        # where each text stands; what has no column stands in the cell behind the last
        self._texts = [((self._places(role) or [self._width])[0], longest) for role, longest in LONGEST.items()]
        self._joined = [(role, self._places(role), longest) for role, longest in LONGEST.items()]
        self._joined = [one for one in self._joined if len(one[1]) > 1]
        self._further = [
            (place, role) for place, role in enumerate(plan.columns) if role in ("category", "responsible")
        ]
        self._customs = list(_customs(plan, kinds or {}))
        self._category_names: set[str] = set()

    def read(self, record: Record) -> tuple[Draft | None, Sequence[Wrong]]:
        """The contact, None when the row cannot be one, and everything that is wrong with it."""
        cells = [cell.strip() for cell in record.cells]
        fault = record.fault or ("too_many_cells" if any(cells[self._width :]) else None)
        if fault:
            return None, [_wrong(record, None, fault)]
        cells[self._width :] = self._padding
        phones, wrong = self._read_phones(record, cells)
        name, email, comment, region, external_id = [cells[place][:longest] for place, longest in self._texts]
        draft = Draft(record.number, phones, name, email, comment, region, external_id)
        if self._joined:
            self._join_texts(draft, cells)
        if not draft.region and phones:
            draft.region = phones[0].region
        for place, role in self._further:
            if cells[place]:
                wrong += self._fill_further(draft, record, place, role, cells[place])
        for place, key, kind, choices in self._customs:
            if cells[place]:
                wrong += _fill_custom(draft, record, place, (key, kind, choices), cells[place])
        unusable = not phones or (wrong and any(one.reason in _FATAL for one in wrong))
        return (None if unusable else draft), wrong

    @property
    def remembers(self) -> bool:
        """Whether a row is judged by rows before it."""
        return "category" in self._plan.columns

    def _places(self, role: str) -> list[int]:
        return [place for place, one in enumerate(self._plan.columns) if one == role]

    def _read_phones(self, record: Record, cells: list[str]) -> tuple[list[Phone], list[Wrong]]:
        country = self._country(cells) if self._regions else self._plan.country
        good: list[Phone] = []
        wrong: list[Wrong] = []
        for place in self._phones:
            if cells[place]:
                found = numbers(cells[place], country)
                readable = [one for one in found if type(one) is Phone]
                good += readable
                if len(readable) < len(found):
                    wrong += _wrong_numbers(record, place, cells[place], found, country)
        if not good and not wrong:
            wrong.append(_wrong(record, None, "no_number"))
        if len(good) > 1:
            good = list({phone.number: phone for phone in reversed(good)}.values())[::-1][:MOST_PHONES]
        return good, wrong

    def _country(self, cells: list[str]) -> str:
        """The row's own country where its region column names one by two letters."""
        for place in self._regions:
            named = cells[place].upper()
            if len(named) == 2 and named in self._countries:
                return named
        return self._plan.country

    def _join_texts(self, draft: Draft, cells: list[str]) -> None:
        for role, places, longest in self._joined:
            text = " ".join([cells[place] for place in places if cells[place]])
            setattr(draft, role, text[:longest])

    def _fill_further(self, draft: Draft, record: Record, place: int, role: str, cell: str) -> list[Wrong]:
        if role == "category":
            return self._categorise(draft, record, place, cell)
        draft.responsible = self._people.get(cell.lower())
        return [] if draft.responsible else [_wrong(record, place + 1, "unknown_person")]

    def _categorise(self, draft: Draft, record: Record, place: int, cell: str) -> list[Wrong]:
        names = [name.strip()[:_CATEGORY_LENGTH] for name in cell.replace("|", ";").split(";") if name.strip()]
        known = self._category_names
        new = {name.lower() for name in names} - known
        if len(known) + len(new) > MOST_CATEGORIES:
            return [_wrong(record, place + 1, "too_many_categories")]
        known |= new
        draft.categories = draft.categories + names
        return []


def is_blank(record: Record) -> bool:
    if record.fault is not None:
        return False
    for cell in record.cells:  # noqa: SIM110 - a third of the time of any(), and once for each row
        if cell and not cell.isspace():
            return False
    return True


def _customs(plan: ImportPlan, kinds: Kinds) -> list[tuple[int, str, str, Sequence[str]]]:
    """Place, key, kind and choices of each own field; a field that the workspace has is meant in any case."""
    known = {key.lower(): (key, *kind) for key, kind in kinds.items()}
    keys = [(place, role[len(CUSTOM) :].strip()) for place, role in enumerate(plan.columns) if role.startswith(CUSTOM)]
    return [(place, *known.get(key.lower(), (key, "text", ()))) for place, key in keys]


def _fill_custom(
    draft: Draft, record: Record, place: int, field: tuple[str, str, Sequence[str]], cell: str
) -> list[Wrong]:
    key, kind, choices = field
    value = cell[:_CUSTOM_LENGTH] if kind == "text" else custom_value(kind, choices, cell)
    if value is None:
        return [_wrong(record, place + 1, _WRONG_VALUE[kind])]
    draft.custom[key] = value
    return []


_WRONG_VALUE = {"number": "wrong_number_value", "date": "wrong_date", "choice": "wrong_choice"}


def _wrong_numbers(
    record: Record, place: int, cell: str, found: Sequence[Phone | Unreadable], country: str
) -> list[Wrong]:
    texts = zip(split(cell), found, strict=True)
    bad = [(text, one.reason) for text, one in texts if isinstance(one, Unreadable)]
    return [_wrong(record, place + 1, reason, text, country) for text, reason in bad]


def _wrong(record: Record, column: int | None, reason: str, text: str = "", country: str = "") -> Wrong:
    cells = [cell[:_KEPT_LENGTH].replace("\0", "") for cell in record.cells[:_KEPT_CELLS]]
    return Wrong(record.number, column, reason, cells, text, country)
