"""What a customer writes into the definition of an own field, what they see of it, and what is wrong with it. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ringyard.kit.errors import FieldError
from ringyard.kit.text import _
from tenants.custom_fields.values import LONGEST_TEXT, Kind, custom_value
from tenants.names import LONGEST, name_problems, range_problems

MOST_FIELDS = 50
MOST_CHOICES = 100
LONGEST_KEY = 60

Kinds = dict[str, tuple[Kind, tuple[str, ...]]]
"""Each key's kind and its choices."""


class CustomFieldFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An empty `key` is made from the name. `choices` belong to the kind `choice`; cards show low positions first."""

    name: str
    key: str = ""
    kind: Kind = "text"
    choices: list[str] = []
    position: int = 0


class CustomFieldChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The key stays what it is. Values that do not fit another kind or other choices stay as they are."""

    name: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    choices: list[str] | UnsetType = UNSET
    position: int | UnsetType = UNSET


class CustomFieldView(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is the field's name inside `custom` of a contact and behind `custom:` of an import's column."""

    id: UUID
    key: str
    name: str
    kind: Kind
    choices: list[str]
    position: int
    created_at: datetime


def key_of(name: str, taken: Iterable[str]) -> str:
    """`Contract number` becomes `contract_number`; a key that is taken gets a number behind it."""
    used = {key.lower() for key in taken}
    base = re.sub(r"\W+", "_", name.strip().lower()).strip("_")[: LONGEST_KEY - 3] or "field"
    candidates = (base if n == 1 else f"{base}_{n}" for n in range(1, len(used) + 2))
    return next(key for key in candidates if key not in used)


def key_named(text: str, known: Sequence[CustomFieldView]) -> str | None:
    """The key of the field that `text` means: by its key or its name, whatever their case."""
    wanted = text.strip().lower()
    return next((one.key for one in known if wanted in (one.key.lower(), one.name.lower())), None)


def problems(fields: CustomFieldFields) -> list[FieldError]:
    found = [*name_problems(fields.name), *range_problems("position", fields.position, 0, 10_000)]
    if len(fields.key) > LONGEST_KEY or fields.key != fields.key.strip():
        found.append(
            FieldError("key", _("A key has at most {most} characters and no blanks round it.", most=LONGEST_KEY))
        )
    return [*found, *_choice_problems(fields)]


def tidy_choices(choices: Sequence[str]) -> list[str]:
    """Without blanks round them, without empty ones, each once whatever its case."""
    kept: dict[str, str] = {}
    for one in choices:
        if one.strip():
            kept.setdefault(one.strip().casefold(), one.strip())
    return list(kept.values())


def value_problems(values: Mapping[str, str], kinds: Kinds) -> list[FieldError]:
    """What is wrong with the values of a contact, each beside `custom.<key>`; a key without a definition is text."""
    found = []
    for key, text in values.items():
        kind, choices = kinds.get(key, ("text", ()))
        if custom_value(kind, choices, text) is None:
            found.append(FieldError(f"custom.{key}", value_sentence(kind)))
    return found


def normal_values(values: Mapping[str, str], kinds: Kinds) -> dict[str, str]:
    """The values as they are kept, without empty ones; all of them must be right."""
    normal = {key: custom_value(*kinds.get(key, ("text", ())), text) for key, text in values.items()}
    return {key: value for key, value in normal.items() if value}


def value_sentence(kind: str) -> str:
    """What is wrong with a value of this kind that was refused."""
    return {
        "number": _("Write a number."),
        "date": _("Write a date, for example 2026-11-22 or 22.11.2026."),
        "choice": _("Choose one of the field's choices."),
    }.get(kind) or _("At most {most} characters.", most=LONGEST_TEXT)


def _choice_problems(fields: CustomFieldFields) -> list[FieldError]:
    choices = tidy_choices(fields.choices)
    if fields.kind == "choice" and not choices:
        return [FieldError("choices", _("Give at least one choice."))]
    if len(choices) > MOST_CHOICES:
        return [FieldError("choices", _("At most {most} choices.", most=MOST_CHOICES))]
    if any(len(one) > LONGEST for one in choices):
        return [FieldError("choices", _("At most {most} characters.", most=LONGEST))]
    return []
