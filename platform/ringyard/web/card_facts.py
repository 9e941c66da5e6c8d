"""The facts of a contact that are changed in place on its card: how each is shown, edited, read from its form. Pure."""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from ringyard.kit.errors import Invalid, NotFound
from ringyard.kit.text import N_, _
from ringyard.kit.zones import country_zones
from ringyard.web.forms import Form
from ringyard.web.words import STATUSES, options
from tenants.contacts.choices import ListChoices
from tenants.contacts.fields import GIVEN_STATUSES, LONGEST, ContactChange, ContactView
from tenants.custom_fields.fields import CustomFieldView
from tenants.custom_fields.values import LONGEST_TEXT

Editor = Literal["text", "email", "number", "date", "area", "select", "ticks", "listed"]
LABELS = {
    "name": N_("Name"),
    "status": N_("Status"),
    "outcome_id": N_("Outcome"),
    "responsible_id": N_("Responsible"),
    "category_ids": N_("Categories"),
    "email": N_("E-mail"),
    "base_id": N_("Base"),
    "region": N_("Region"),
    "timezone": N_("Time zone"),
    "external_id": N_("Your own ID"),
    "comment": N_("Note"),
}
_EDITORS: dict[str, Editor] = {
    "status": "select", "outcome_id": "select", "responsible_id": "select", "base_id": "select",
    "category_ids": "ticks", "email": "email", "timezone": "listed", "comment": "area",
}  # fmt: skip
_OWN = "custom."


@dataclass(frozen=True, slots=True)
class Fact:
    """`name` is the column's, or `custom.<id>` of an own field. `value` is a list where many can be ticked."""

    name: str
    label: str
    editor: Editor
    value: str | list[str]
    options: list[tuple[str, str]]
    empty: str = ""
    longest: int = LONGEST_TEXT
    key: str = ""

    @property
    def slug(self) -> str:
        return self.name.replace(".", "-")

    @property
    def seen(self) -> str:
        """Stands for the value that somebody has before their eyes while they write another."""
        return hashlib.sha256(msgspec.json.encode(self.value)).hexdigest()[:16]


def facts_of(contact: ContactView, choices: ListChoices, own: list[CustomFieldView]) -> dict[str, Fact]:
    """All facts by name, in the order of the card."""
    usual = [_fact(name, contact, choices) for name in LABELS]
    return {fact.name: fact for fact in [*usual, *(_own_fact(field, contact) for field in own)]}


def fact_named(name: str, facts: dict[str, Fact]) -> Fact:
    """Raises NotFound."""
    if name not in facts:
        raise NotFound(_("There is no such field."))
    return facts[name]


def change_of(fact: Fact, form: Form, contact: ContactView) -> ContactChange:
    """What was written into the fact's form. Raises Invalid."""
    if fact.key:
        return ContactChange(custom={**contact.custom, fact.key: form.text("value")})
    if fact.name == "status" and not form.text("value"):
        return ContactChange()
    value: Any = form.many("value") if fact.editor == "ticks" else form.text("value")
    if fact.name in ("outcome_id", "responsible_id"):
        value = value or None
    try:
        return msgspec.convert({fact.name: value}, ContactChange)
    except msgspec.ValidationError as error:
        raise Invalid(_("Choose one.")) from error


def _fact(name: str, contact: ContactView, choices: ListChoices) -> Fact:
    value = getattr(contact, name)
    return Fact(
        name=name,
        label=_(LABELS[name]),
        editor=_EDITORS.get(name, "text"),
        value=[str(one) for one in value] if isinstance(value, list) else str(value or ""),
        options=_options(name, choices),
        empty=_empty(name, contact),
        longest=LONGEST.get(name, LONGEST_TEXT),
    )


def choice_pairs(choices: list[str], kept: str) -> list[tuple[str, str]]:
    """For a select; a value that was kept before the choices changed is one of them."""
    return [(one, one) for one in dict.fromkeys([*choices, kept]) if one]


def _own_fact(field: CustomFieldView, contact: ContactView) -> Fact:
    editors: dict[str, Editor] = {"number": "number", "date": "date", "choice": "select"}
    value = contact.custom.get(field.key, "")
    return Fact(
        name=f"{_OWN}{field.id}",
        label=field.name,
        editor=editors.get(field.kind, "text"),
        value=value,
        options=choice_pairs(field.choices, value) if field.kind == "choice" else [],
        empty=_("None"),
        key=field.key,
    )


def _options(name: str, choices: ListChoices) -> list[tuple[str, str]]:
    match name:
        case "status":
            return [(value, label) for value, label in options(STATUSES) if value in GIVEN_STATUSES]
        case "outcome_id":
            return [(str(one.id), one.name) for one in choices.outcomes.values()]
        case "responsible_id":
            return [(str(key), label) for key, label in choices.agents]
        case "base_id":
            return [(str(key), label) for key, label in choices.bases]
        case "category_ids":
            return [(str(one.id), one.name) for one in choices.categories.values()]
        case "timezone":
            return [(zone, zone) for zone in sorted({zone for zones in country_zones().values() for zone in zones})]
    return []


def _empty(name: str, contact: ContactView) -> str:
    """What the empty choice of a select is called; without one there is no empty choice."""
    if name == "status":
        return "" if contact.status in GIVEN_STATUSES else _("As the dialer has it")
    return {"outcome_id": _("None"), "responsible_id": _("Nobody")}.get(name, "")
