"""The SQL of a contact filter: text over the columns of `contacts`, with numbered places, and the values for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from phonenumbers import country_code_for_region

from tenants.contacts.filters import NOBODY, ContactFilter
from tenants.contacts.folding import folded
from tenants.contacts.query import SURE_DIGITS, escaped, understood
from tenants.contacts.rows import LIVE

_EARLY = timedelta(hours=1)
"""How far a contact's id, which holds the time it was made up at, may be from the time it was stored."""


class Conditions:
    """All of them, joined by `and`; each may stand wherever the columns of `contacts` have their plain names.

    `texts` are those on search texts, as `t`; `beginning` is the one of them on how a name begins. A whole number is
    looked for in `phones` as well, as `p`: there those of a large import are at once.
    """

    def __init__(self, values: list[object] | None = None) -> None:
        self._parts: list[str] = []
        self.texts: list[str] = []
        self.numbers: list[str] = []
        self.beginning = ""
        self._region: list[str] = []
        self._hints: list[str] = []
        self.values: list[object] = [] if values is None else values

    @property
    def sql(self) -> str:
        return f"{self.filters} and id in ({self.candidates})" if self.texts else self.filters

    @property
    def filters(self) -> str:
        """Without the text."""
        return " and ".join([*self._parts, *self._hints]) or "true"

    @property
    def expected(self) -> str:
        """As `filters`, but for what would lead the planner astray when it counts."""
        return " and ".join(self._parts) or "true"

    @property
    def candidates(self) -> str:
        """The query of the contacts that the text finds."""
        found = f"select t.contact_id from contact_texts t where {' and '.join([*self.texts, *self._region])}"
        if self.numbers:
            found += f" union select p.contact_id from phones p where {' or '.join(self.numbers)}"
        return found

    @property
    def text_alone(self) -> str:
        """Without the filters: the text of each contact is looked up, which the planner cannot turn round."""
        return self._or_number(f"(select {' and '.join(self.texts)} from contact_texts t where t.contact_id = id)")

    @property
    def beside_text(self) -> str:
        """Without the filters, where each contact's text is joined as `t`."""
        return self._or_number(" and ".join(self.texts))

    def _or_number(self, found: str) -> str:
        if not self.texts:
            return "true"
        if not self.numbers:
            return found
        return f"({found} or exists (select from phones p where p.contact_id = id and ({' or '.join(self.numbers)})))"

    def place(self, value: object) -> str:
        """The place of a value."""
        self.values.append(value)
        return f"${len(self.values)}"

    def text_place(self, value: str) -> str:
        return f"{self.place(value)}::text"

    def add(self, part: str) -> None:
        self._parts.append(part)

    def hint(self, part: str) -> None:
        """What is true anyway, or for nearly all."""
        self._hints.append(part)

    def equal(self, column: str, value: object) -> None:
        if value is not None:
            self.add(f"{column} = {self.place(value)}")

    def in_region(self, region: str | None) -> None:
        """Texts hold it too, so those of other regions are left out before their contacts are looked up."""
        if region is not None:
            place = self.text_place(region)
            self.add(f"region = {place}")
            self._region = [f"t.contact_region = {place}"]

    def between(self, column: str, start: object, end: object) -> None:
        if start is not None:
            self.add(f"{column} >= {self.place(start)}")
        if end is not None:
            self.add(f"{column} < {self.place(end)}")

    def made_between(self, start: datetime | None, end: datetime | None, add: Callable[[str], None]) -> None:
        """By ids, roughly: they begin with the time, which has no index of its own."""
        if start is not None:
            add(f"id >= '{_first_id(start - _EARLY)}'")
        if end is not None:
            add(f"id < '{_first_id(end + _EARLY)}'")


def conditions_of(chosen: ContactFilter, country: str) -> Conditions:
    """`country` completes what looks like the beginning of a local number."""
    found = Conditions()
    found.equal("base_id", chosen.base_id)
    if chosen.group is not None:
        found.add(f"base_id = any(array(select b.id from bases b where b.group_name = {found.place(chosen.group)}))")
    _labels(found, chosen)
    found.between("modified_at", chosen.modified_from, chosen.modified_to)
    found.between("created_at", chosen.created_from, chosen.created_to)
    found.made_between(chosen.created_from, chosen.created_to, found.hint)
    found.in_region(chosen.region)
    found.equal("import_id", chosen.import_id)
    if chosen.favourite_of is not None:
        user = found.place(chosen.favourite_of)
        found.add(f"id in (select f.contact_id from favourites f where f.user_id = {user})")
    if chosen.has_email is not None:
        found.add("email <> ''" if chosen.has_email else "email = ''")
    if chosen.custom:
        found.add(f"custom @> {found.place(chosen.custom)}::jsonb")
    _text(found, chosen.q, country)
    return found


def _labels(found: Conditions, chosen: ContactFilter) -> None:
    if chosen.category_id is not None:
        found.add(f"category_ids @> array[{found.place(chosen.category_id)}::uuid]")
        found.hint("category_ids <> '{}'")  # so the planner sees that the partial index holds what is asked for
    if chosen.agent_id == NOBODY:
        found.add("responsible_id is null")
    else:
        found.equal("responsible_id", chosen.agent_id)
    found.equal("outcome_id", chosen.outcome_id)
    if chosen.status == "in_call":
        found.add(f"id in {LIVE}")
    elif chosen.status is not None:
        found.equal("status", chosen.status)
        found.hint(f"id not in {LIVE}")


def _first_id(at: datetime) -> UUID:
    """Every version 7 id made at that time or later is larger."""
    return UUID(int=max(0, int(at.timestamp() * 1000)) << 80)


def _text(found: Conditions, typed: str, country: str) -> None:
    query = understood(typed)
    if query.empty and typed.strip():
        found.add("false")
    for word in query.words:
        found.texts.append(f"t.words like {folded(found.text_place(f'%{escaped(word)}%'))}")
    if query.prefix:
        found.beginning = f't.name collate "C" like {folded(found.text_place(escaped(query.prefix) + "%"))}'
        found.texts.append(found.beginning)
    if query.digits:
        found.texts.append(f"t.words like {found.text_place(f'%{query.significant}%')}")
    if len(query.digits) >= SURE_DIGITS and len(found.texts) == 1:
        code = country_code_for_region(country)
        starts = (query.significant, f"{code}{query.significant}")
        found.numbers = [f"p.number like {found.text_place(f'+{start}%')}" for start in starts]
