"""The SQL of a contact list's filters: text with numbered places, and the values for them."""

from datetime import datetime
from uuid import UUID

from phonenumbers import country_code_for_region

from tenants.contacts.folding import NAME, TEXT, folded
from tenants.contacts.query import SURE_DIGITS, escaped, understood
from tenants.contacts.rows import LIVE

# Few digits match many numbers: the first so many are looked at, and a longer search finds the rest.
_FENCE_SURE, _FENCE_FEW = 5000, 1000


class Conditions:
    """Joined by `and`. `country` completes what looks like the beginning of a local number."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._parts: list[str] = []
        self.values: list[object] = []

    @property
    def sql(self) -> str:
        return " and ".join(self._parts) or "true"

    def add(self, value: object) -> str:
        """The place of a value."""
        self.values.append(value)
        return f"${len(self.values)}"

    def equal(self, column: str, value: UUID | None) -> None:
        if value is not None:
            self._parts.append(f"{column} = {self.add(value)}")

    def category(self, category_id: UUID | None) -> None:
        if category_id is not None:
            self._parts.append(f"category_ids @> array[{self.add(category_id)}::uuid]")

    def status(self, status: str | None) -> None:
        if status == "in_call":
            self._parts.append(f"id in {LIVE}")
        elif status is not None:
            self._parts.append(f"status = {self.add(status)} and id not in {LIVE}")

    def modified(self, start: datetime | None, end: datetime | None) -> None:
        if start is not None:
            self._parts.append(f"modified_at >= {self.add(start)}")
        if end is not None:
            self._parts.append(f"modified_at < {self.add(end)}")

    def beyond(self, comparison: str, *key: object) -> None:
        self._parts.append(f"{comparison} ({', '.join(self.add(value) for value in key)})")

    def text(self, typed: str) -> None:
        query = understood(typed)
        if query.empty and typed.strip():
            self._parts.append("false")
        for word in query.words:
            self._parts.append(f"{TEXT} like {folded(self._text(f'%{escaped(word)}%'))}")
        if query.prefix:
            self._parts.append(f"{NAME} like {folded(self._text(escaped(query.prefix) + '%'))}")
        if query.digits:
            self._digits(query.digits)

    def _text(self, value: str) -> str:
        return f"{self.add(value)}::text"

    def _digits(self, digits: str) -> None:
        fence = _FENCE_SURE if len(digits) >= SURE_DIGITS else _FENCE_FEW
        significant = digits.lstrip("0") or digits
        code = country_code_for_region(self._country)
        patterns = [f"number like {self._text(f'+{start}%')}" for start in (significant, f"{code}{significant}")]
        patterns.append(f"reverse(number) like {self._text(f'{significant[::-1]}%')}")
        found = " union ".join(f"(select contact_id from phones where {one} limit {fence})" for one in patterns)
        self._parts.append(f"id = any(array({found}))")
