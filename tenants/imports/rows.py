"""One record of a file made into a contact to be, or into junk with the reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringyard.kit.phone import Phone, countries, read, split
from tenants.imports.plan import CUSTOM, ImportPlan
from tenants.imports.records import Record

MOST_PHONES = 10
MOST_CATEGORIES = 200
LONGEST = {"name": 200, "email": 254, "comment": 5000, "external_id": 200, "region": 100}
_KEPT_CELLS, _KEPT_LENGTH, _CATEGORY_LENGTH, _CUSTOM_LENGTH = 50, 500, 100, 1000


@dataclass(slots=True)
class Draft:
    """A contact to be. `row` is where it stands in the file; `responsible` is a user's id."""

    row: int
    phones: list[Phone]
    name: str = ""
    email: str = ""
    comment: str = ""
    region: str = ""
    external_id: str = ""
    responsible: str | None = None
    categories: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)

    @property
    def timezone(self) -> str:
        return self.phones[0].timezone

    def take_over(self, other: "Draft") -> None:
        """The same person again, further down: what is missing here is filled from there."""
        known = {phone.number for phone in self.phones}
        self.phones += [phone for phone in other.phones if phone.number not in known]
        for name in (*LONGEST, "responsible"):
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))
        self.categories += [name for name in other.categories if name not in self.categories]
        self.custom = {**other.custom, **self.custom}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell (`column` counts from 1) or a whole row (None) that is junk, with the cells for the reader."""

    row: int
    column: int | None
    reason: str
    cells: list[str]


class RowReader:
    """Reads records by one plan. `people` are users' ids by lower-cased login, e-mail and name."""

    def __init__(self, plan: ImportPlan, people: Mapping[str, str]) -> None:
        self._plan, self._people = plan, people
        self._categories: set[str] = set()
        self._countries = countries()

    def read(self, record: Record) -> tuple[Draft | None, list[Wrong]]:
        """The contact, None when the row cannot be one, and everything that is wrong with it."""
        fault = record.fault or self._ragged(record.cells)
        if fault:
            return None, [self._wrong(record, None, fault)]
        cells = [(role, cell.strip()) for role, cell in zip(self._plan.columns, record.cells, strict=False)]
        phones, wrong = self._phones(record, cells)
        draft = Draft(record.number, phones)
        for place, (role, cell) in enumerate(cells, 1):
            problem = self._fill(draft, record, place, role, cell) if cell else None
            wrong += [problem] if problem else []
        unusable = not phones or any(one.reason in ("unknown_person", "too_many_categories") for one in wrong)
        if not draft.region and phones:
            draft.region = phones[0].region
        return (None if unusable else draft), wrong

    def remember(self, record: Record) -> None:
        """After a restart, for a row that is stored already: only what later rows are judged by."""
        if "category" in self._plan.columns:
            self.read(record)

    def _ragged(self, cells: list[str]) -> str | None:
        extra = cells[len(self._plan.columns) :]
        return "too_many_cells" if any(cell.strip() for cell in extra) else None

    def _phones(self, record: Record, cells: list[tuple[str, str]]) -> tuple[list[Phone], list[Wrong]]:
        country = self._country(cells)
        good: dict[str, Phone] = {}
        wrong: list[Wrong] = []
        for place, (role, cell) in enumerate(cells, 1):
            for number in split(cell) if role == "phone" else ():
                found = read(number, country)
                if isinstance(found, Phone):
                    good.setdefault(found.number, found)
                else:
                    wrong.append(self._wrong(record, place, found.reason))
        if not good and not wrong:
            wrong.append(self._wrong(record, None, "no_number"))
        return list(good.values())[:MOST_PHONES], wrong

    def _country(self, cells: list[tuple[str, str]]) -> str:
        """The row's own country where its region column names one by two letters."""
        for role, cell in cells:
            if role == "region" and len(cell) == 2 and cell.upper() in self._countries:
                return cell.upper()
        return self._plan.country

    def _fill(self, draft: Draft, record: Record, place: int, role: str, cell: str) -> Wrong | None:
        if role in LONGEST:
            before = getattr(draft, role)
            setattr(draft, role, f"{before} {cell}".strip()[: LONGEST[role]])
        elif role.startswith(CUSTOM):
            draft.custom[role[len(CUSTOM) :].strip()] = cell[:_CUSTOM_LENGTH]
        elif role == "category":
            return self._categorise(draft, record, place, cell)
        elif role == "responsible":
            draft.responsible = self._people.get(cell.lower())
            return None if draft.responsible else self._wrong(record, place, "unknown_person")
        return None

    def _categorise(self, draft: Draft, record: Record, place: int, cell: str) -> Wrong | None:
        names = [name.strip()[:_CATEGORY_LENGTH] for name in cell.replace("|", ";").split(";") if name.strip()]
        new = {name.lower() for name in names} - self._categories
        if len(self._categories) + len(new) > MOST_CATEGORIES:
            return self._wrong(record, place, "too_many_categories")
        self._categories |= new
        draft.categories += names
        return None

    def _wrong(self, record: Record, column: int | None, reason: str) -> Wrong:
        cells = [cell[:_KEPT_LENGTH].replace("\0", "") for cell in record.cells[:_KEPT_CELLS]]
        return Wrong(record.number, column, reason, cells)


def is_blank(record: Record) -> bool:
    return record.fault is None and not any(cell.strip() for cell in record.cells)
