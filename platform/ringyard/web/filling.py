"""From what was typed into a form to the values a service takes, every unreadable field with its own sentence."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_type_hints

import msgspec

from ringyard.kit.errors import FieldError, Invalid
from ringyard.kit.text import _

Fields = TypeVar("Fields", bound=msgspec.Struct)


def filled(kind: type[Fields], typed: Mapping[str, Any]) -> Fields:
    """Raises Invalid that names every field which cannot be read."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    wrong: list[FieldError] = []
    for name, text in typed.items():
        try:
            values[name] = msgspec.convert(text, hints[name], strict=False)
        except msgspec.ValidationError:
            wrong.append(FieldError(name, _sentence(hints[name])))
    if wrong:
        raise Invalid(_("Some fields need another value."), wrong)
    return kind(**values)


def _sentence(hint: Any) -> str:
    if hint is int:
        return _("Write a whole number.")
    if hint is float:
        return _("Write a number.")
    return _("Choose one.")
