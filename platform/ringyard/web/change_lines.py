"""The audit of a contact for people: each changed field by its name, with names in the place of ids. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ringyard.kit.phone import spaced
from ringyard.kit.text import N_, _
from ringyard.web.card_facts import LABELS
from ringyard.web.contact_words import PHONE_KINDS
from ringyard.web.words import STATUSES, word
from tenants.contacts.changes import ChangeView
from tenants.contacts.choices import ListChoices

SOURCES = {
    "api": N_("by the API"),
    "import": N_("by an import"),
    "bulk": N_("by a bulk change"),
    "dialer": N_("by the dialer"),
    "undo": N_("by an undo"),
}
_FURTHER = {"phones": N_("Phones"), "phone_kinds": N_("Kind of number"), "bad_numbers": N_("Numbers nobody has")}


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    before: str
    after: str


def is_creation(change: ChangeView) -> bool:
    return not change.before and "base_id" in change.after


def lines(change: ChangeView, choices: ListChoices, own_names: Mapping[str, str]) -> list[Line]:
    """`own_names`: what own fields are called, by key; a field that is gone goes by its key."""
    found = []
    for name in dict.fromkeys([*change.before, *change.after]):
        before, after = change.before.get(name), change.after.get(name)
        if name == "custom":
            found += _own_lines(before or {}, after or {}, own_names)
        else:
            label = _(LABELS.get(name) or _FURTHER.get(name, name))
            found.append(Line(label, _said(name, before, choices), _said(name, after, choices)))
    return found


def _own_lines(before: dict[str, str], after: dict[str, str], names: Mapping[str, str]) -> list[Line]:
    keys = dict.fromkeys([*before, *after])
    return [Line(names.get(key, key), str(before.get(key, "")), str(after.get(key, ""))) for key in keys]


def _said(name: str, value: Any, choices: ListChoices) -> str:
    if not value:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{spaced(number)}: {kind_word(kind)}" for number, kind in value.items())
    if isinstance(value, list):
        return ", ".join(_one(name, one, choices) for one in value)
    return _one(name, value, choices)


def _one(name: str, value: Any, choices: ListChoices) -> str:
    match name:
        case "status":
            return word(STATUSES, value)[0]
        case "phones" | "bad_numbers":
            return spaced(value)
        case "base_id" | "responsible_id" | "outcome_id" | "category_ids":
            return _named(name, value, choices)
    return str(value)


def _named(name: str, value: str, choices: ListChoices) -> str:
    known: dict[str, Mapping[UUID, str]] = {
        "base_id": choices.base_names,
        "responsible_id": choices.agent_names,
        "outcome_id": {key: one.name for key, one in choices.outcomes.items()},
        "category_ids": {key: one.name for key, one in choices.categories.items()},
    }
    return known[name].get(UUID(value), _("(deleted)"))


def kind_word(kind: str) -> str:
    """What a kind of number is called; one that somebody made up is called as they wrote it."""
    return _(PHONE_KINDS[kind]) if kind in PHONE_KINDS else kind
