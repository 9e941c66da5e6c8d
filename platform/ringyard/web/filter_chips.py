"""The filters that are on, as words that can be taken away one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from ringyard.kit.text import _, language
from ringyard.web.contact_params import address
from ringyard.web.words import STATUSES
from tenants.contacts.choices import ListChoices
from tenants.contacts.filters import NOBODY


@dataclass(frozen=True)
class Chip:
    text: str
    without: str


def chips(at: str, chosen: Mapping[str, str], sort: str, choices: ListChoices) -> list[Chip]:
    """`without` is the list's address when this filter is taken away. The text that is searched for has its own box."""
    return [
        Chip(_text(name, value, choices), f"{at}?{address({**chosen, name: ''}, sort=sort)}")
        for name, value in chosen.items()
        if value and name != "q"
    ]


def _text(name: str, value: str, choices: ListChoices) -> str:
    named = {
        "base_id": {str(key): text for key, text in choices.bases},
        "agent_id": {str(NOBODY): _("Nobody responsible")} | {str(key): text for key, text in choices.agents},
        "category_id": {str(key): one.name for key, one in choices.categories.items()},
        "outcome_id": {str(key): one.name for key, one in choices.outcomes.items()},
        "status": {key: _(label) for key, (label, _colour) in STATUSES.items()},
        "favourite": {value: _("Favourites")},
        "has_email": {"true": _("With e-mail"), "false": _("Without e-mail")},
        "import_id": {value: _("One import")},
        "group": {value: _("Group {name}", name=value)},
        "region": Locale.parse(language()).territories,
    }
    if name in named:
        return str(named[name].get(value, value))
    return {
        "modified_from": _("Changed from {day}", day=value),
        "modified_to": _("Changed until {day}", day=value),
        "created_from": _("Created from {day}", day=value),
        "created_to": _("Created until {day}", day=value),
    }.get(name, value)
